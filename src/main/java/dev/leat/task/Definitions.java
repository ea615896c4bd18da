package dev.leat.task;

import dev.leat.settings.TaskSettings;
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
}
