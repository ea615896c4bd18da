package dev.leat.console;

import dev.leat.console.form.Sent;
import dev.leat.settings.Violation;
import java.util.List;
import java.util.Map;

/** What is particular to one step of the wizard. */
interface StepDesk {

    WizardStep step();

    /** What the page shows beside the draft's fields. */
    Map<String, Object> model(Draft draft, Sent query, Audience audience);

    /** Reads what the step's fields do not say; answers what cannot be read. */
    default List<Violation> read(Draft draft, Sent sent) {
        return List.of();
    }

    /** Brings in order what has to be before the draft is kept. */
    default void settle(Draft draft, Sent sent) {}

    /** A button other than those of every step. */
    Turn act(Draft draft, Command command, Sent sent, String actor);

    /** The step is done: the draft is kept already and nothing of this step is wrong with it. */
    default Turn next(Draft draft, Sent sent, String actor) {
        return new Turn.To(draft.path(step().next()));
    }
}
