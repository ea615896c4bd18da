package dev.leat.console;

import dev.leat.console.form.Errors;
import dev.leat.console.form.Sent;
import dev.leat.security.Audit;
import dev.leat.task.Tasks;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The fourth step: whether anything stands in the way. */
@Component
final class PrecheckStep implements StepDesk {

    private final Tasks tasks;
    private final DraftDesk drafts;

    PrecheckStep(Tasks tasks, DraftDesk drafts) {
        this.tasks = tasks;
        this.drafts = drafts;
    }

    @Override
    public WizardStep step() {
        return WizardStep.PRECHECK;
    }

    @Override
    public Map<String, Object> model(Draft draft, Sent query, Audience audience) {
        return Map.of("precheck", board(draft), "wrong", wrong(draft));
    }

    PrecheckBoard board(Draft draft) {
        return PrecheckBoard.of(tasks.get(draft.id()).state(), tasks.prechecked(draft.id()));
    }

    /** What the steps before have left wrong, with the step that asks for it. */
    private List<WrongField> wrong(Draft draft) {
        return draft.isOpen()
                ? drafts.errors(draft).all().stream().map(WrongField::of).toList()
                : List.of();
    }

    /** Something wrong at another step. */
    record WrongField(String step, String field, String message, String remedy) {

        static WrongField of(dev.leat.settings.Violation wrong) {
            return new WrongField(
                    WizardStep.asking(wrong.field()).path(), wrong.field(), wrong.message(), wrong.remedy());
        }
    }

    @Override
    public Turn act(Draft draft, Command command, Sent sent, String actor) {
        switch (command.verb()) {
            case "run" -> {
                if (drafts.errors(draft).isEmpty()) {
                    tasks.precheck(draft.id(), actor);
                }
            }
            case "again" -> tasks.precheck(draft.id(), List.of(command.argument()), actor);
            case "ignore" -> {
                tasks.ignore(draft.id(), List.of(command.argument()), actor);
                Audit.detail("ignored " + command.argument());
            }
            default -> {}
        }
        return new Turn.To(draft.path(WizardStep.PRECHECK));
    }

    @Override
    public Turn next(Draft draft, Sent sent, String actor) {
        return board(draft).ready()
                ? new Turn.To(draft.path(WizardStep.START))
                : Turn.Stay.with(Errors.told("precheck", "wrong.notPassed"));
    }
}
