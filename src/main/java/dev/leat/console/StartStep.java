package dev.leat.console;

import dev.leat.console.form.Errors;
import dev.leat.console.form.Sent;
import dev.leat.settings.InstanceClass;
import dev.leat.settings.TaskSettings;
import dev.leat.task.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The last step: how much the task may take, everything once more, and the start. */
@Component
final class StartStep implements StepDesk {

    private final Tasks tasks;
    private final DraftDesk drafts;

    StartStep(Tasks tasks, DraftDesk drafts) {
        this.tasks = tasks;
        this.drafts = drafts;
    }

    /** An instance class as it is offered; without a ceiling, rows are 0. */
    record Offer(String label, int rows, int threads) {}

    @Override
    public WizardStep step() {
        return WizardStep.START;
    }

    @Override
    public Map<String, Object> model(Draft draft, Sent query, Audience audience) {
        TaskSettings settings = drafts.settings(draft);
        return Map.of(
                "classes",
                List.copyOf(Arrays.stream(InstanceClass.values())
                        .map(offer -> new Offer(offer.label(), offer.rowsPerSecond(), offer.copyThreads()))
                        .toList()),
                "settings",
                settings,
                "selected",
                SelectedObjects.of(Selection.of(settings.objects()), draft, drafts.database(draft)),
                "ready",
                draft.kept().state().equals("READY"));
    }

    @Override
    public Turn act(Draft draft, Command command, Sent sent, String actor) {
        drafts.keep(draft, actor);
        if (!command.verb().equals("start")) {
            return Turn.Stay.with(Errors.NONE);
        }
        Errors wrong = drafts.errors(draft);
        if (!wrong.isEmpty()) {
            return Turn.Stay.with(wrong);
        }
        tasks.start(draft.id(), actor);
        return new Turn.To(
                "/tasks/" + draft.id(),
                new Flash(true, "flash.start", tasks.get(draft.id()).name()));
    }
}
