package dev.leat.api;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.PlainYaml;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import dev.leat.task.TaskFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes and gives task definitions as YAML, for those who keep them as files. */
@Component
final class TaskFileConverter extends AbstractHttpMessageConverter<TaskSettings> {

    /** So many hold too many characters in any case, and are refused for that. */
    private static final int MAX_BYTES = 4 * PlainYaml.MAX_CHARACTERS + 1;

    private final TaskFile file;
    private final JsonMapper json;

    TaskFileConverter(TaskFile file, JsonMapper json) {
        super(StandardCharsets.UTF_8, MediaType.APPLICATION_YAML);
        this.file = file;
        this.json = json;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == TaskSettings.class;
    }

    /** @throws InvalidSettings when it is no YAML, or no definition */
    @Override
    protected TaskSettings readInternal(Class<? extends TaskSettings> type, HttpInputMessage message)
            throws IOException {
        String text = new String(message.getBody().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        try {
            if (PlainYaml.read(text) instanceof Map<?, ?> definition) {
                return json.treeToValue(json.valueToTree(definition), type);
            }
        } catch (YAMLException e) {
            throw wrong("The body is not YAML" + PlainYaml.problem(e));
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException("no task definition", e, message);
        }
        throw wrong("The body is no task definition.");
    }

    private static InvalidSettings wrong(String message) {
        return new InvalidSettings(List.of(
                new Violation("body", message, "Send a map with source, destination and objects; see /api-docs.")));
    }

    @Override
    protected void writeInternal(TaskSettings settings, HttpOutputMessage message) throws IOException {
        message.getBody().write(file.yaml(settings).getBytes(StandardCharsets.UTF_8));
    }
}
