package dev.leat.console;

import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.Connections;
import dev.leat.console.form.Errors;
import dev.leat.console.form.JsonForm;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import dev.leat.task.Drafts;
import dev.leat.task.TaskView;
import dev.leat.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Opens drafts as forms, keeps what was read into them, and says what is wrong with them. */
@Component
final class DraftDesk {

    /** A draft in which nothing is selected yet: everything, less everything. */
    private static final String FRESH = "{\"objects\": {\"include\": [{}], \"exclude\": [{}]}}";

    private final Tasks tasks;
    private final Drafts drafts;
    private final Connections connections;
    private final JsonMapper json;

    DraftDesk(Tasks tasks, Drafts drafts, Connections connections, JsonMapper json) {
        this.tasks = tasks;
        this.drafts = drafts;
        this.connections = connections;
        this.json = json;
    }

    Draft fresh() {
        return new Draft(null, form(json.readValue(FRESH, TaskSettings.class)));
    }

    Draft open(UUID id) {
        return new Draft(tasks.get(id), form(tasks.settings(id)));
    }

    private JsonForm form(TaskSettings settings) {
        return new JsonForm((ObjectNode) json.valueToTree(settings));
    }

    /** The form as a definition, which may hold what cannot be. */
    TaskSettings settings(Draft draft) {
        return read(draft.form().json(), TaskSettings.class);
    }

    /** Part of the form as a value. */
    <T> T read(tools.jackson.databind.JsonNode node, Class<T> type) {
        try {
            return json.treeToValue(node, type);
        } catch (JacksonException e) {
            String path = String.join(
                    ".",
                    e.getPath().stream()
                            .map(step -> String.valueOf(step.getPropertyName()))
                            .toList());
            throw new InvalidSettings(List.of(Errors.violation(path, "wrong.unreadable")));
        }
    }

    tools.jackson.databind.JsonNode write(Object value) {
        return json.valueToTree(value);
    }

    /** The database that a draft names, or that of its connection; empty when neither is known. */
    String database(Draft draft) {
        String own = draft.form().text("source.database");
        try {
            String other =
                    connections.read(draft.form().text("source.connection")).database();
            return !own.isEmpty() || other == null ? own : other;
        } catch (ConnectionRefused e) {
            return own;
        }
    }

    /** All that is wrong with a draft. */
    Errors errors(Draft draft) {
        TaskSettings settings = settings(draft);
        List<Violation> wrong = new ArrayList<>(connections.endViolations(
                settings.source().connection(), settings.destination().connection()));
        try {
            settings.checked();
        } catch (InvalidSettings e) {
            e.violations().stream()
                    .filter(violation ->
                            wrong.stream().noneMatch(known -> known.field().equals(violation.field())))
                    .forEach(wrong::add);
        }
        if (Selection.of(settings.objects()).isNothing()) {
            wrong.add(Errors.violation("objects", "wrong.nothingSelected"));
        }
        return new Errors(wrong);
    }

    /**
     * Keeps a draft; the first time this makes the task.
     *
     * @throws InvalidSettings when the first step is not right yet
     */
    UUID keep(Draft draft, String actor) {
        TaskSettings settings = settings(draft);
        if (!draft.isKept()) {
            return tasks.create(settings, actor);
        }
        TaskView kept = draft.kept();
        drafts.keep(kept.id(), kept.version(), settings, actor);
        return kept.id();
    }
}
