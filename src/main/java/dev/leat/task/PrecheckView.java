package dev.leat.task;

import dev.leat.precheck.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of a task's last precheck as it is shown.
 *
 * @param item its name, such as {@code WAL_LEVEL}
 * @param title what it looks at
 * @param outcome {@code PASSED}, {@code ALERT}, {@code ERROR} or {@code COULD_NOT_RUN}; {@code WAITING} until it is done
 * @param findings what was found, with remedies
 * @param reason why it could not run, or what is worth knowing of one that passed; null otherwise
 * @param millis how long it took
 * @param ranAt when it ran
 * @param ignoredBy who ignores its alerts; null when nobody does
 * @param ignoredAt since when; null when nobody does
 * @param run the number of the precheck that this is of
 * @param comparedWith when the result before this one was found; null when there is none to compare with
 * @param added those of the findings that the result before did not hold
 * @param gone what the result before held and this one does not
 */
public record PrecheckView(
        String item,
        String title,
        String outcome,
        List<Finding> findings,
        @Nullable String reason,
        long millis,
        Instant ranAt,
        @Nullable String ignoredBy,
        @Nullable Instant ignoredAt,
        int run,
        @Nullable Instant comparedWith,
        List<Finding> added,
        List<Finding> gone) {

    /** Whether nothing of it stands in the way of a start. */
    public boolean clear() {
        return outcome.equals("PASSED") || outcome.equals("ALERT") && ignoredBy != null;
    }
}
