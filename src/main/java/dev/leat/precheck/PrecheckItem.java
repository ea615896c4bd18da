package dev.leat.precheck;

import dev.leat.precheck.Finding.Severity;
import java.time.Duration;

/**
 * One check and what came of it.
 *
 * @param name its name, such as {@code WAL_LEVEL}
 * @param title what it looks at, for people
 * @param outcome what came of it
 * @param duration how long it took
 */
public record PrecheckItem(String name, String title, Outcome outcome, Duration duration) {

    /** Whether nothing worse than an alert was found; only then can a user ignore the item. */
    public boolean ignorable() {
        return switch (outcome) {
            case Outcome.Passed ignored -> true;
            case Outcome.Found found -> found.findings().stream().allMatch(f -> f.severity() == Severity.ALERT);
            case Outcome.CouldNotRun ignored -> false;
        };
    }

    /** Whether nothing was found. */
    public boolean passed() {
        return outcome instanceof Outcome.Passed;
    }
}
