package dev.leat.metadata;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a failed start as a message and a remedy, without a stack trace. */
final class MetadataUnavailableAnalyzer extends AbstractFailureAnalyzer<MetadataUnavailable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MetadataUnavailable cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
