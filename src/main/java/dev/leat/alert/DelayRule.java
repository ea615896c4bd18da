package dev.leat.alert;

import dev.leat.settings.Phase;
import dev.leat.task.TaskState;
import dev.leat.task.WatchedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Looks at delays again and again, and remembers the look before, so that a blip is no alert. */
final class DelayRule {

    private static final String REMEDY =
            "Look at the charts of the task: few rows/s speak for a limit, a slow broker or a"
                    + " slow network; many for more changes than before. Raise the task's throttle or instance class, or help"
                    + " the end that is slow. What the destination has not acknowledged stays at the source.";

    private final Map<UUID, DelayLook> looks = new HashMap<>();

    Verdict look(WatchedTask task, Instant now) {
        Optional<Duration> limit = task.alerts().delay();
        if (limit.isEmpty()) {
            return over(task, "is not watched any more");
        }
        return switch (task.state()) {
            case TaskState.Running _, TaskState.Retrying _ ->
                task.phase() == Phase.INCREMENTAL
                        ? look(task, limit.get(), now)
                        : over(task, "counts in the incremental phase only");
            // the failure has an alert of its own
            case TaskState.Failed _ -> Verdict.UNDECIDED;
            case TaskState.Paused _ -> over(task, "does not count while the task is paused");
            case TaskState.Draft _,
                    TaskState.Prechecking _,
                    TaskState.PrecheckFailed _,
                    TaskState.Ready _,
                    TaskState.Finished _,
                    TaskState.Released _ -> over(task, "does not count any more");
        };
    }

    private Verdict look(WatchedTask task, Duration limit, Instant now) {
        Optional<Duration> found = delay(task, now);
        if (found.isEmpty()) {
            // it runs on another node
            looks.remove(task.id());
            return Verdict.UNDECIDED;
        }
        DelayLook look = looks.merge(
                task.id(),
                DelayLook.first(found.get(), now, limit),
                (before, first) -> before.next(first.delay(), now, limit));
        if (look.isLate()) {
            return holds(task, look.delay(), limit);
        }
        return look.isPrompt()
                ? new Verdict.Over("the delay is " + Wording.time(look.delay()) + " again")
                : Verdict.UNDECIDED;
    }

    /** While attempts fail nothing is delivered, and the delay is at least as long as that. */
    private static Optional<Duration> delay(WatchedTask task, Instant now) {
        Optional<Duration> measured =
                Optional.ofNullable(task.delaySeconds()).map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
        Optional<Duration> failing =
                Optional.ofNullable(task.failingSince()).map(since -> Duration.between(since, now));
        return measured.isEmpty()
                ? failing
                : failing.filter(time -> time.compareTo(measured.get()) > 0).or(() -> measured);
    }

    private static Verdict holds(WatchedTask task, Duration delay, Duration limit) {
        String message = "Task " + task.name() + ": the destination is " + Wording.time(delay)
                + " behind the source, more than the " + Wording.time(limit) + " that alerts.delaySeconds allows.";
        return task.state() instanceof TaskState.Retrying retrying
                ? new Verdict.Holds(
                        message + " Attempts fail: " + retrying.trouble().message(),
                        retrying.trouble().remedy())
                : new Verdict.Holds(message, REMEDY);
    }

    private Verdict over(WatchedTask task, String why) {
        looks.remove(task.id());
        return new Verdict.Over("the delay " + why);
    }

    /** Forgets tasks that are not watched any more. */
    void keep(Collection<UUID> watched) {
        looks.keySet().retainAll(watched);
    }
}
