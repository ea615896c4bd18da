package dev.leat.alert;

import static dev.leat.alert.WatchedTaskSample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.settings.AlertSettings;
import dev.leat.settings.Phase;
import dev.leat.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A delay that lasts is told, a blip is not; looks are five seconds apart, the limit is five minutes. */
class DelayRuleTest {

    private final DelayRule rule = new DelayRule();
    private final WatchedTaskSample task = new WatchedTaskSample();
    private Instant now = NOON;

    @Test
    void aDelayHasToBeTooLongTwiceInARow() {
        assertThat(look(310.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(2.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(310.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(315.0)).isInstanceOfSatisfying(Verdict.Holds.class, held -> {
            assertThat(held.message())
                    .isEqualTo("Task shop: the destination is 5 min 15 s behind the source, more than the 5 min that"
                            + " alerts.delaySeconds allows.");
            assertThat(held.remedy()).contains("throttle");
        });
    }

    @Test
    void aDelayHasToBeClearlyShorterTwiceInARowBeforeItIsOver() {
        look(310.0);
        assertThat(look(315.0)).isInstanceOf(Verdict.Holds.class);
        assertThat(look(290.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(200.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(270.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(200.0)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(0.0)).isEqualTo(new Verdict.Over("the delay is 0 s again"));
    }

    @Test
    void whoCatchesUpWithALongCopyNeedsNoPerson() {
        for (double delay = 10_000; delay >= 300; delay -= 5) {
            assertThat(look(delay)).as("delay %s", delay).isEqualTo(Verdict.UNDECIDED);
        }
    }

    @Test
    void whoCatchesUpTooSlowlyIsTold() {
        look(10_000.0);
        look(9_996.0);
        assertThat(look(9_992.0)).isInstanceOf(Verdict.Holds.class);
    }

    @Test
    void whileAttemptsFailTheDelayGrowsWithTheTimeOfTheTrouble() {
        WatchedTaskSample troubled = task.in(WatchedTaskSample.retrying()).behind(null, NOON);
        now = NOON.plusSeconds(295);
        assertThat(look(troubled)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(troubled)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(troubled)).isInstanceOfSatisfying(Verdict.Holds.class, held -> {
            assertThat(held.message())
                    .contains("5 min 5 s behind", "Attempts fail: ")
                    .endsWith("Broker b:9092: refused.");
            assertThat(held.remedy()).isEqualTo("Start the broker.");
        });
    }

    @Test
    void anAttemptThatGotThroughAndHasDeliveredNothingIsNoRelief() {
        WatchedTaskSample troubled = task.behind(0.0, NOON);
        now = NOON.plusSeconds(400);
        look(troubled);
        assertThat(look(troubled)).isInstanceOf(Verdict.Holds.class);
    }

    @Test
    void aTaskOnAnotherNodeIsThatNodesMatter() {
        look(400.0);
        assertThat(look((Double) null)).isEqualTo(Verdict.UNDECIDED);
        assertThat(look(405.0)).as("begins to count anew").isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aTaskThatRestsOrCopiesHasNoDelayAndAFailedOneKeepsWhatItHas() {
        assertThat(look(task.in(new TaskState.Paused()))).isInstanceOf(Verdict.Over.class);
        assertThat(look(task.in(new TaskState.Finished()))).isInstanceOf(Verdict.Over.class);
        assertThat(look(task.in(new TaskState.Released()))).isInstanceOf(Verdict.Over.class);
        assertThat(look(task.in(Phase.FULL, NOON))).isInstanceOf(Verdict.Over.class);
        assertThat(look(task.in(new TaskState.Failed(WatchedTaskSample.TROUBLE))))
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aRuleThatIsTurnedOffIsOver() {
        AlertSettings none = new AlertSettings(null, 0, null, null, null);
        assertThat(look(task.behind(9_000.0, null).told(none)))
                .isEqualTo(new Verdict.Over("the delay is not watched any more"));
    }

    @Test
    void tasksThatAreNotWatchedAreForgotten() {
        look(400.0);
        rule.keep(List.of());
        assertThat(look(405.0)).isEqualTo(Verdict.UNDECIDED);
    }

    private Verdict look(@Nullable Double delay) {
        return look(task.behind(delay, null));
    }

    private Verdict look(WatchedTaskSample seen) {
        Verdict verdict = rule.look(seen.task(), now);
        now = now.plusSeconds(5);
        return verdict;
    }
}
