package dev.leat.worker;

import dev.leat.connection.Connections;
import dev.leat.sync.SourceCleanup;
import dev.leat.task.Orphan;
import dev.leat.task.Orphans;
import dev.leat.task.TaskRuns;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Drops what tasks have left at their sources: now and then, and when somebody asks for it. */
final class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Orphans orphans;
    private final TaskRuns runs;
    private final Connections connections;

    OrphanSweep(Orphans orphans, TaskRuns runs, Connections connections) {
        this.orphans = orphans;
        this.runs = runs;
        this.connections = connections;
    }

    /** A source that does not answer must not keep the others waiting. */
    @Scheduled(fixedDelay = 2000)
    void sweep() {
        try {
            orphans.due(PAUSE)
                    .forEach(orphan -> Thread.ofVirtual().name("leat-orphan").start(() -> drop(orphan)));
        } catch (DataAccessException e) {
            LOG.atDebug().log("The metadata database does not say what to drop: {}", e.getMessage());
        }
    }

    private void drop(Orphan orphan) {
        try {
            SourceCleanup cleanup = new SourceCleanup(
                    connections.source(orphan.connection(), orphan.database()), "leat-" + orphan.taskId());
            if (orphan.systemIdentifier() != null) {
                cleanup.require(orphan.systemIdentifier());
            }
            cleanup.drop(orphan.slot(), orphan.publication());
            orphans.forget(orphan.id());
            LOG.atInfo()
                    .addKeyValue("slot", orphan.slot())
                    .log("Slot {} and publication {} are dropped", orphan.slot(), orphan.publication());
            tell(orphan);
        } catch (RuntimeException e) {
            orphans.failed(orphan.id(), String.valueOf(e.getMessage()));
            LOG.atWarn()
                    .addKeyValue("slot", orphan.slot())
                    .log("What a task has left at its source cannot be dropped: {}", e.getMessage());
        }
    }

    private void tell(Orphan orphan) {
        if (orphan.taskId() != null) {
            runs.event(
                    orphan.taskId(),
                    "INFO",
                    "RELEASED",
                    "What was left at connection '" + orphan.connection() + "' is dropped: slot " + orphan.slot()
                            + ", publication " + orphan.publication() + ".",
                    null);
        }
    }
}
