package dev.leat.alert;

import dev.leat.settings.Phase;
import dev.leat.task.SlotView;
import dev.leat.task.TaskState;
import dev.leat.task.WatchedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rules that need no more than one look at a task. */
final class Rules {

    /** Below this part of the threshold an alert closes, so that one around it does not come and go. */
    private static final double RELIEF = 0.9;

    private Rules() {}

    static Verdict failure(WatchedTask task) {
        if (!task.alerts().onFailure()) {
            return new Verdict.Over("failures are not told any more");
        }
        return switch (task.state()) {
            case TaskState.Failed(var trouble) -> stopped(task, trouble);
            case TaskState.Paused(Optional<TaskState.Trouble> reason)
            when reason.isPresent() -> stopped(task, reason.get());
            case TaskState.Paused _,
                    TaskState.Running _,
                    TaskState.Retrying _,
                    TaskState.Draft _,
                    TaskState.Prechecking _,
                    TaskState.PrecheckFailed _,
                    TaskState.Ready _,
                    TaskState.Finished _,
                    TaskState.Released _ ->
                new Verdict.Over("the task is " + task.state().label());
        };
    }

    private static Verdict stopped(WatchedTask task, TaskState.Trouble trouble) {
        return new Verdict.Holds(
                "Task " + task.name() + " has stopped and waits for a person. " + trouble.message(), trouble.remedy());
    }

    static Verdict fullPhase(WatchedTask task, Instant now) {
        Optional<Duration> limit = task.alerts().full();
        if (limit.isEmpty()) {
            return new Verdict.Over("the full phase is not watched any more");
        }
        if (task.state() instanceof TaskState.Failed) {
            // the failure has an alert of its own
            return Verdict.UNDECIDED;
        }
        if (task.phase() != Phase.FULL || task.phaseSince() == null) {
            return new Verdict.Over(
                    task.phase() == Phase.FULL ? "the task is " + task.state().label() : "the full phase is over");
        }
        Duration taken = Duration.between(task.phaseSince(), now);
        return taken.compareTo(limit.get()) >= 0
                ? slow(task, taken, limit.get())
                : new Verdict.Over("the full phase may take " + Wording.time(limit.get()));
    }

    private static Verdict slow(WatchedTask task, Duration taken, Duration limit) {
        return new Verdict.Holds(
                "Task " + task.name() + ": the full phase has gone on for " + Wording.time(taken) + ", more than the "
                        + Wording.time(limit) + " that alerts.fullHours allows.",
                "Look at the task's tables and their progress: where one stands still, look for locks and load at the"
                        + " source. Raise the task's throttle or instance class if rows come slowly. Meanwhile the"
                        + " source keeps WAL for the changes to follow.");
    }

    static Verdict walHeld(WatchedTask task) {
        SlotView slot = task.slot();
        if (slot == null) {
            return Verdict.UNDECIDED;
        }
        Optional<Long> limit = task.alerts().walBytes(slot.walLimitBytes());
        if (limit.isEmpty() || slot.lost()) {
            return new Verdict.Over(slot.lost() ? "the slot is lost" : "the WAL is not watched any more");
        }
        if (slot.walHeldBytes() >= limit.get()) {
            return heavy(task, slot, limit.get());
        }
        return slot.walHeldBytes() < limit.get() * RELIEF
                ? new Verdict.Over("the source keeps " + Wording.size(slot.walHeldBytes()) + " of WAL")
                : Verdict.UNDECIDED;
    }

    private static Verdict heavy(WatchedTask task, SlotView slot, long limit) {
        return new Verdict.Holds(
                "Task " + task.name() + ": the source keeps " + Wording.size(slot.walHeldBytes())
                        + " of WAL for replication slot " + slot.name() + ", more than the "
                        + Wording.size(limit) + " that alerts.walGigabytes allows. The slot's own limit is "
                        + Wording.size(slot.walLimitBytes()) + " (" + slot.limitedBy() + ").",
                "See to it that the task delivers: what it has delivered is freed. Where it rests, resume it; where it"
                        + " cannot go on, release or restart it, which drops or renews the slot.");
    }
}
