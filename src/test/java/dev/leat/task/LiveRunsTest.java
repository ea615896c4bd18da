package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.sync.FreshStatus;
import dev.leat.sync.SyncStatus;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The live numbers belong to the run that is there. */
class LiveRunsTest {

    /** A run that ended late took its successor's numbers away, and views showed a task that stood still. */
    @Test
    void aRunThatEndsLateLeavesItsSuccessorsNumbers() {
        UUID task = UUID.randomUUID();
        LiveRuns runs = new LiveRuns(Clock.systemUTC());
        SyncStatus late = FreshStatus.make();
        SyncStatus successor = FreshStatus.make();
        runs.begin(task, late);
        runs.begin(task, successor);
        runs.end(task, late);
        assertThat(runs.of(task)).map(LiveRuns.LiveRun::status).containsSame(successor);
        runs.end(task, successor);
        assertThat(runs.of(task)).isEmpty();
    }
}
