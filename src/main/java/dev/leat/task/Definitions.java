package dev.leat.task;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.AlertSettings;
import dev.leat.settings.TaskSettings;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Definitions as JSON, the way they are stored, maybe by another version of Leat. */
@Component
class Definitions {

    private final JsonMapper json;
    private final JsonMapper lenient;
    private final JsonMapper whole;

    Definitions(JsonMapper json) {
        this.json = json;
        this.lenient = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.whole = json.rebuild().addHandler(new UnknownSettings()).build();
    }

    String write(TaskSettings settings) {
        return json.writeValueAsString(settings);
    }

    /** To be looked at: settings that this version does not know are left out. */
    TaskSettings read(String definition) {
        return lenient.readValue(definition, TaskSettings.class);
    }

    /** What calls for a person; as usual where the definition is one that this version cannot read. */
    AlertSettings alerts(SyncTask task) {
        try {
            return read(task.definition).alerts();
        } catch (JacksonException e) {
            return AlertSettings.DEFAULT;
        }
    }

    /**
     * To be run or to be written again: nothing that was chosen may be left out in silence.
     *
     * @throws SyncException when this version does not know all of it
     */
    TaskSettings readWhole(SyncTask task) {
        try {
            return whole.readValue(task.definition, TaskSettings.class);
        } catch (JacksonException e) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Task '" + task.name + "': its definition cannot be read by this version of Leat: "
                            + e.getOriginalMessage(),
                    "Run the version of Leat that has written the definition, or change the definition; then resume.",
                    e);
        }
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
