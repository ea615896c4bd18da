package dev.leat.console;

import dev.leat.console.form.JsonForm;
import dev.leat.task.TaskView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that is being put together.
 *
 * @param task how it is kept so far; null before the first step is done
 * @param form its definition as the values of the wizard's fields
 */
record Draft(@Nullable TaskView task, JsonForm form) {

    /** Its id; only for one that is kept. */
    public UUID id() {
        return kept().id();
    }

    TaskView kept() {
        if (task == null) {
            throw new IllegalStateException("this draft is not kept yet");
        }
        return task;
    }

    /** Whether it is kept in the database. */
    public boolean isKept() {
        return task != null;
    }

    /** Whether its definition can still be changed by the wizard. */
    boolean isOpen() {
        return task == null
                || switch (task.state()) {
                    case "DRAFT", "PRECHECK_FAILED", "READY" -> true;
                    default -> false;
                };
    }

    /** Where a step of the wizard is. */
    String path(WizardStep step) {
        return task == null ? "/tasks/new" : "/tasks/" + task.id() + "/edit/" + step.path();
    }
}
