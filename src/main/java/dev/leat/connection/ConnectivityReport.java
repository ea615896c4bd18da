package dev.leat.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connectivity test found, step by step.
 *
 * @param ok whether every step went well
 * @param steps in the order in which they are tried; after a failed one the rest is not run
 */
public record ConnectivityReport(boolean ok, List<Step> steps) {

    /** What is tried; {@code TLS} only where encryption is asked for, {@code REGISTRY} only where
     * the connection has one. */
    public enum Name {
        RESOLVE,
        CONNECT,
        TLS,
        SIGN_IN,
        READ,
        REGISTRY
    }

    /** How a step went. */
    public enum Outcome {
        OK,
        FAILED,
        NOT_RUN
    }

    /**
     * One step.
     *
     * @param step what was tried
     * @param outcome how it went
     * @param millis how long it took
     * @param message what was found
     * @param remedy what to do; null unless it failed
     */
    public record Step(
            Name step,
            Outcome outcome,
            long millis,
            String message,
            @Nullable String remedy) {}
}
