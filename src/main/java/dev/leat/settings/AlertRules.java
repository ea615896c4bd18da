package dev.leat.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rules that a task's alerts must meet. */
final class AlertRules {

    private static final int MAX_DELAY_SECONDS = 604_800;
    private static final int MAX_FULL_HOURS = 8_760;
    private static final int MAX_GIGABYTES = 1_000_000;
    private static final String OFF = "Give 0 to be told of none, or leave it out for ";

    private AlertRules() {}

    static List<Violation> violations(AlertSettings alerts) {
        List<Violation> violations = new ArrayList<>();
        within("delaySeconds", alerts.delaySeconds(), MAX_DELAY_SECONDS, "300", violations);
        within("fullHours", alerts.fullHours(), MAX_FULL_HOURS, "24", violations);
        if (alerts.walGigabytes() != null) {
            within("walGigabytes", alerts.walGigabytes(), MAX_GIGABYTES, "80 % of the slot's limit", violations);
        }
        if (!alerts.contacts().isEmpty()) {
            violations.add(new Violation(
                    "alerts.contacts",
                    "There are no contacts in this version.",
                    "Leave contacts out. Open alerts stand in the console, at GET /api/v1/alerts and in the metrics."));
        }
        return violations;
    }

    /** NaN is within nothing. */
    private static void within(String field, Number value, int most, String usual, List<Violation> violations) {
        if (!(value.doubleValue() >= 0 && value.doubleValue() <= most)) {
            violations.add(new Violation(
                    "alerts." + field, String.format(Locale.ROOT, "Must be 0 to %,d.", most), OFF + usual + "."));
        }
    }
}
