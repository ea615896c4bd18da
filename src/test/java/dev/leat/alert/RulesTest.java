package dev.leat.alert;

import static dev.leat.alert.WatchedTaskSample.NOON;
import static dev.leat.alert.WatchedTaskSample.TROUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.settings.AlertSettings;
import dev.leat.settings.Phase;
import dev.leat.task.TaskState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What rules say of one look at a task. */
class RulesTest {

    private final WatchedTaskSample task = new WatchedTaskSample();

    @Test
    void aTaskThatStoppedByItselfIsTold() {
        Verdict told = new Verdict.Holds(
                "Task shop has stopped and waits for a person. Broker b:9092: refused.", "Start the broker.");
        assertThat(Rules.failure(task.in(new TaskState.Failed(TROUBLE)).task())).isEqualTo(told);
        assertThat(Rules.failure(
                        task.in(new TaskState.Paused(Optional.of(TROUBLE))).task()))
                .as("paused by its policy")
                .isEqualTo(told);
    }

    @Test
    void aTaskThatRunsTriesAgainOrWasPausedHasNotFailed() {
        assertThat(Rules.failure(task.task())).isEqualTo(new Verdict.Over("the task is RUNNING"));
        assertThat(Rules.failure(task.in(WatchedTaskSample.retrying()).task())).isInstanceOf(Verdict.Over.class);
        assertThat(Rules.failure(task.in(new TaskState.Paused()).task())).isInstanceOf(Verdict.Over.class);
    }

    @Test
    void failuresAreToldOnlyToThoseWhoWantIt() {
        WatchedTaskSample failed =
                task.in(new TaskState.Failed(TROUBLE)).told(new AlertSettings(false, null, null, null, null));
        assertThat(Rules.failure(failed.task())).isInstanceOf(Verdict.Over.class);
    }

    @Test
    void aFullPhaseOfADayIsTooLong() {
        WatchedTaskSample copying = task.in(Phase.FULL, NOON);
        assertThat(full(copying, Duration.ofHours(24).minusSeconds(1))).isInstanceOf(Verdict.Over.class);
        assertThat(full(copying, Duration.ofHours(24)))
                .isInstanceOfSatisfying(
                        Verdict.Holds.class,
                        held -> assertThat(held.message())
                                .isEqualTo("Task shop: the full phase has gone on for 1 d, more than the 1 d that"
                                        + " alerts.fullHours allows."));
        assertThat(full(copying.in(WatchedTaskSample.retrying()), Duration.ofHours(30)))
                .isInstanceOf(Verdict.Holds.class);
    }

    @Test
    void theFullPhaseCountsOnlyWhileTheTaskIsInIt() {
        assertThat(full(task, Duration.ofDays(9))).isEqualTo(new Verdict.Over("the full phase is over"));
        WatchedTaskSample paused = task.in(Phase.FULL, null).in(new TaskState.Paused());
        assertThat(full(paused, Duration.ofDays(9))).isEqualTo(new Verdict.Over("the task is PAUSED"));
        WatchedTaskSample failed = task.in(Phase.FULL, null).in(new TaskState.Failed(TROUBLE));
        assertThat(full(failed, Duration.ofDays(9))).isEqualTo(Verdict.UNDECIDED);
        AlertSettings never = new AlertSettings(null, null, 0, null, null);
        assertThat(full(task.in(Phase.FULL, NOON).told(never), Duration.ofDays(9)))
                .isInstanceOf(Verdict.Over.class);
    }

    @Test
    void walIsTooMuchAtFourFifthsOfTheSlotsRoomAndAnOpenAlertStaysUntilATenthBelow() {
        assertThat(held(7_100_000_000L, null)).isInstanceOf(Verdict.Over.class);
        assertThat(held(7_200_000_000L, null)).isEqualTo(Verdict.UNDECIDED);
        assertThat(held(8_000_000_000L, null))
                .isInstanceOfSatisfying(
                        Verdict.Holds.class,
                        held -> assertThat(held.message())
                                .isEqualTo(
                                        "Task shop: the source keeps 8.0 GB of WAL for replication slot leat_7, more than the 8.0 GB"
                                                + " that alerts.walGigabytes allows. The slot's own limit is 10.0 GB (max_slot_wal_keep_size)."));
    }

    @Test
    void walIsToldOfTasksThatRestToo() {
        WatchedTaskSample paused = task.holding(9_000_000_000L, 10_000_000_000L).in(new TaskState.Paused());
        assertThat(Rules.walHeld(paused.task())).isInstanceOf(Verdict.Holds.class);
    }

    @Test
    void gigabytesOfTheUsersOwnCountInPlaceOfTheShare() {
        assertThat(held(8_500_000_000L, 9.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(held(600_000_000L, 0.5)).isInstanceOf(Verdict.Holds.class);
        assertThat(held(9_900_000_000L, 0.0)).isEqualTo(new Verdict.Over("the WAL is not watched any more"));
    }

    @Test
    void aSlotThatNobodyHasSeenYetSaysNothing() {
        assertThat(Rules.walHeld(task.task())).isEqualTo(Verdict.UNDECIDED);
    }

    private Verdict held(long bytes, @Nullable Double gigabytes) {
        return Rules.walHeld(task.holding(bytes, 10_000_000_000L)
                .told(new AlertSettings(null, null, null, gigabytes, null))
                .task());
    }

    private static Verdict full(WatchedTaskSample task, Duration taken) {
        return Rules.fullPhase(task.task(), NOON.plus(taken));
    }
}
