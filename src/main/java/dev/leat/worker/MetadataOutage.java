package dev.leat.worker;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.task.TaskRuns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that the metadata database is away, while nothing can be stored there: the task waits for it without an end,
 * as no state could be written that says otherwise, and tells of it afterwards. For one thread.
 */
final class MetadataOutage {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataOutage.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final UUID task;
    private final TaskRuns runs;
    private final Clock clock;
    private @Nullable Instant since;

    MetadataOutage(UUID task, TaskRuns runs, Clock clock) {
        this.task = task;
        this.runs = runs;
        this.clock = clock;
    }

    /** The failure of a task whose state cannot be read or written. */
    static SyncException failure(String taskName, RuntimeException cause) {
        return new SyncException(
                FailureKind.METADATA_UNAVAILABLE,
                "Metadata database: the state of task '" + taskName + "' cannot be read or saved.",
                cause);
    }

    /** It is away, or still is. */
    void goesOn(RuntimeException cause) {
        if (since == null) {
            since = clock.instant();
            LOG.atError()
                    .addKeyValue("taskId", task)
                    .addKeyValue("kind", FailureKind.METADATA_UNAVAILABLE)
                    .log("The metadata database is away, the task waits for it: {}", cause.getMessage());
        }
    }

    /** How long to wait before it is asked again. */
    Duration pause() {
        return PAUSE;
    }

    /** It answers again: writes into the task's event log what happened, if anything did. */
    void tell() {
        Instant began = since;
        if (began == null) {
            return;
        }
        runs.event(
                task,
                "WARN",
                FailureKind.METADATA_UNAVAILABLE.name(),
                "Metadata database: was away for "
                        + Duration.between(began, clock.instant()).toSeconds()
                        + " s, in which the task could not be run; it goes on where it was.",
                FailureKind.METADATA_UNAVAILABLE.remedy());
        since = null;
    }
}
