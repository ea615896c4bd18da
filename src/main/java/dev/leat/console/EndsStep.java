package dev.leat.console;

import dev.leat.connection.ConnectionKind;
import dev.leat.connection.ConnectionView;
import dev.leat.connection.Connections;
import dev.leat.console.form.Sent;
import dev.leat.settings.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The first step: from where, to where, and whether both can be reached. */
@Component
final class EndsStep implements StepDesk {

    private static final int MAX_OFFERED = 500;

    private final Connections connections;
    private final DraftDesk drafts;
    private final NewEnds ends;

    EndsStep(Connections connections, DraftDesk drafts, NewEnds ends) {
        this.connections = connections;
        this.drafts = drafts;
        this.ends = ends;
    }

    @Override
    public WizardStep step() {
        return WizardStep.ENDS;
    }

    @Override
    public Map<String, Object> model(Draft draft, Sent query, Audience audience) {
        List<ConnectionView> all = connections.list(null, "", "", MAX_OFFERED);
        Map<String, Object> model = new HashMap<>();
        model.put("sources", all.stream().filter(c -> c.kind().isSource()).toList());
        model.put(
                "destinations",
                all.stream().filter(c -> c.kind() == ConnectionKind.KAFKA).toList());
        model.put("fresh", ends.form(query));
        return model;
    }

    @Override
    public List<Violation> read(Draft draft, Sent sent) {
        return ends.read(sent);
    }

    @Override
    public void settle(Draft draft, Sent sent) {
        ends.register(draft, sent);
    }

    @Override
    public Turn act(Draft draft, Command command, Sent sent, String actor) {
        return command.verb().equals("test") ? ends.test(draft, sent).stay() : next(draft, sent, actor);
    }

    @Override
    public Turn next(Draft draft, Sent sent, String actor) {
        NewEnds.Tested tested = ends.test(draft, sent);
        if (!tested.reached()) {
            return tested.stay();
        }
        ends.register(draft, sent);
        UUID id = drafts.keep(draft, actor);
        return new Turn.To("/tasks/" + id + "/edit/" + WizardStep.OBJECTS.path());
    }
}
