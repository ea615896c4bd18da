package dev.leat.console;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.PlainYaml;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import dev.leat.task.TaskFile;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.json.JsonMapper;

/** A task's definition as a file that people edit: YAML, of which JSON is a part. */
@Component
final class DefinitionText {

    private static final String FIELD = "definition";

    private final TaskFile file;
    private final DraftDesk drafts;
    private final JsonMapper json;

    DefinitionText(TaskFile file, DraftDesk drafts, JsonMapper json) {
        this.file = file;
        this.drafts = drafts;
        this.json = json;
    }

    String write(TaskSettings settings) {
        return file.yaml(settings);
    }

    /** @throws InvalidSettings when it is no definition, with what is wrong and where */
    TaskSettings read(String text) {
        return drafts.read(json.valueToTree(parsed(text)), TaskSettings.class);
    }

    private static Map<?, ?> parsed(String text) {
        try {
            if (PlainYaml.read(text) instanceof Map<?, ?> map) {
                return map;
            }
            throw wrong("wrong.noDefinition");
        } catch (YAMLException e) {
            throw wrong("The text is not YAML" + PlainYaml.problem(e));
        }
    }

    private static InvalidSettings wrong(String message) {
        return new InvalidSettings(List.of(new Violation(FIELD, message, "wrong.noDefinition.remedy")));
    }
}
