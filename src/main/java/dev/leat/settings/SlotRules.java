package dev.leat.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The rules that the care of a slot must meet. */
final class SlotRules {

    private static final String FIELD = "source.slotCare.";
    private static final Pattern TABLE = Pattern.compile("[^.\\s\"]{1,63}\\.[^.\\s\"]{1,63}");
    private static final double MAX_GIGABYTES = 1e6;

    private final TaskSettings task;

    SlotRules(TaskSettings task) {
        this.task = task;
    }

    List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        budget(violations);
        heartbeat(violations);
        return violations;
    }

    private void budget(List<Violation> violations) {
        Double gigabytes = task.source().slotCare().walBudgetGigabytes();
        if (gigabytes != null && !(gigabytes > 0 && gigabytes <= MAX_GIGABYTES)) {
            violations.add(new Violation(
                    FIELD + "walBudgetGigabytes",
                    "Must be more than 0 and at most 1,000,000.",
                    "Give a number of gigabytes, or leave it out for the server's max_slot_wal_keep_size or 20."));
        }
    }

    /** A heartbeat that is an object of the task would beat in Kafka too. */
    private void heartbeat(List<Violation> violations) {
        String table = task.source().slotCare().heartbeatTable();
        if (table != null && !TABLE.matcher(table).matches()) {
            violations.add(new Violation(
                    FIELD + "heartbeatTable",
                    "'" + table + "' is not the name of a table with its schema.",
                    "Write schema.table, or leave it out for a heartbeat that needs no table."));
        } else if (task.source()
                .slotCare()
                .heartbeat()
                .flatMap(task.objects()::ruleFor)
                .isPresent()) {
            violations.add(new Violation(
                    FIELD + "heartbeatTable",
                    "The table " + table + " is one of the task's objects.",
                    "Put it into objects.exclude, or name a table in a schema that is not selected."));
        }
    }
}
