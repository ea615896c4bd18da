package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Sorts what Kafka's clients throw into kinds of failure. */
public final class KafkaFailures {

    private KafkaFailures() {}

    /**
     * The failure for an exception.
     *
     * @param subject the object it is about, such as {@code Topic shop.orders}
     */
    public static SyncException of(String subject, Throwable thrown) {
        Throwable cause =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String message = cause.getMessage();
        return new SyncException(
                kind(cause),
                subject + ": "
                        + (message == null || message.isBlank()
                                ? cause.getClass().getSimpleName()
                                : message),
                cause);
    }

    /** The kind of failure an exception stands for. */
    public static FailureKind kind(Throwable cause) {
        return switch (cause) {
            case AuthenticationException ignored -> FailureKind.DESTINATION_AUTHENTICATION;
            case AuthorizationException ignored -> FailureKind.DESTINATION_PRIVILEGE;
            case PolicyViolationException ignored -> FailureKind.DESTINATION_PRIVILEGE;
            case RecordTooLargeException ignored -> FailureKind.RECORD_TOO_LARGE;
            case RecordBatchTooLargeException ignored -> FailureKind.RECORD_TOO_LARGE;
            case UnknownTopicOrPartitionException ignored -> FailureKind.DESTINATION_TOPIC_MISSING;
            case InvalidTopicException ignored -> FailureKind.SETTINGS;
            case RetriableException e
            when e.getCause() instanceof UnknownTopicOrPartitionException -> FailureKind.DESTINATION_TOPIC_MISSING;
            case RetriableException ignored -> FailureKind.DESTINATION_UNREACHABLE;
            case KafkaException e
            when e.getMessage() != null && e.getMessage().contains("No resolvable bootstrap") ->
                FailureKind.DESTINATION_UNREACHABLE;
            case KafkaException e
            when e.getCause() instanceof AuthenticationException -> FailureKind.DESTINATION_AUTHENTICATION;
            case ConfigException ignored -> FailureKind.SETTINGS;
            case KafkaException ignored -> FailureKind.DESTINATION_OTHER;
            default -> FailureKind.UNKNOWN;
        };
    }
}
