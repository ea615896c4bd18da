package dev.leat.settings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that limits must meet. */
final class ThrottleRules {

    private static final String REMEDY = "Give a positive number, or leave it out for no limit.";

    private final ThrottleSettings throttle;

    ThrottleRules(ThrottleSettings throttle) {
        this.throttle = throttle;
    }

    /** What is wrong, with field names behind a prefix such as {@code throttle.}. */
    List<Violation> violations(String prefix) {
        List<Violation> violations = new ArrayList<>();
        limits(prefix + "full", throttle.full(), violations);
        limits(prefix + "incremental", throttle.incremental(), violations);
        if (throttle.incremental().queriesPerSecond() != null) {
            violations.add(new Violation(
                    prefix + "incremental.queriesPerSecond",
                    "The incremental phase reads the log and sends no queries.",
                    "Leave it out; limit rows or megabytes."));
        }
        return violations;
    }

    private static void limits(String field, Limits limits, List<Violation> violations) {
        positive(field + ".queriesPerSecond", limits.queriesPerSecond(), violations);
        positive(field + ".rowsPerSecond", limits.rowsPerSecond(), violations);
        positive(field + ".megabytesPerSecond", limits.megabytesPerSecond(), violations);
    }

    private static void positive(String field, @Nullable Number value, List<Violation> violations) {
        if (value != null && !(value.doubleValue() > 0 && value.doubleValue() <= 1e9)) {
            violations.add(new Violation(field, "Must be more than 0 and at most 1,000,000,000.", REMEDY));
        }
    }
}
