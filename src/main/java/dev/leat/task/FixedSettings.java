package dev.leat.task;

import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What cannot change: the place in the log that a task's position means, and the records' form while it runs. */
final class FixedSettings {

    private static final String CLONE = "Make another task with it.";
    private static final String EXCHANGE = "Exchange it by PUT /tasks/{id}/connections, or pause the task first.";
    private static final String PAUSE = "Pause the task, make the change, and resume it.";

    private final TaskSettings present;
    private final TaskSettings wanted;
    private final List<Violation> violations = new ArrayList<>();

    private FixedSettings(TaskSettings present, TaskSettings wanted) {
        this.present = present;
        this.wanted = wanted;
    }

    static List<Violation> violations(TaskSettings present, TaskSettings wanted, boolean positioned, boolean running) {
        FixedSettings fixed = new FixedSettings(present, wanted);
        if (positioned) {
            fixed.position();
        }
        if (running) {
            fixed.form();
        }
        return fixed.violations;
    }

    private void position() {
        String why = "Cannot change any more: the task's position in the log belongs to it.";
        same("source.database", task -> task.source().database(), why, CLONE);
        same("source.slot", task -> task.source().slot(), why, CLONE);
        same("source.publication", task -> task.source().publication(), why, CLONE);
    }

    private void form() {
        String why = "Cannot change while the task runs.";
        same("source.connection", task -> task.source().connection(), why, EXCHANGE);
        same("destination.connection", task -> task.destination().connection(), why, EXCHANGE);
        same("phases", TaskSettings::phases, why, PAUSE);
        same("format", TaskSettings::format, why, PAUSE);
        same("names", TaskSettings::names, why, PAUSE);
        same("workerGroup", TaskSettings::workerGroup, why, PAUSE);
    }

    private void same(String field, Function<TaskSettings, @Nullable Object> value, String why, String remedy) {
        if (!Objects.equals(value.apply(present), value.apply(wanted))) {
            violations.add(new Violation(field, why, remedy));
        }
    }
}
