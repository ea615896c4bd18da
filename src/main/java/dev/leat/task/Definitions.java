package dev.leat.task;

import dev.leat.settings.TaskSettings;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Definitions as JSON, the way they are stored. */
@Component
class Definitions {

    private final JsonMapper json;

    Definitions(JsonMapper json) {
        this.json = json;
    }

    String write(TaskSettings settings) {
        return json.writeValueAsString(settings);
    }

    TaskSettings read(String definition) {
        return json.readValue(definition, TaskSettings.class);
    }

    /** Gives a task a definition. */
    void describe(SyncTask task, TaskSettings settings) {
        String id = task.id.toString().replace("-", "").substring(0, 16);
        String slot = settings.source().slot();
        String publication = settings.source().publication();
        task.definition = write(settings);
        task.sourceConnection = settings.source().connection();
        task.destinationConnection = settings.destination().connection();
        task.slot = slot == null ? "leat_" + id : slot;
        task.publication = publication == null ? "leat_" + id : publication;
    }

    /** What differs between two definitions, field by field. */
    List<String> differences(TaskSettings before, TaskSettings after) {
        return DefinitionDifference.between(json.valueToTree(before), json.valueToTree(after));
    }
}
