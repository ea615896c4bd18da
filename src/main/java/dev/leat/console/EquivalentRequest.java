package dev.leat.console;

import dev.leat.settings.TaskSettings;
import dev.leat.task.TaskFile;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says how a draft would be made over REST, without what has its default anyway. */
@Component
final class EquivalentRequest {

    private final JsonMapper json;
    private final TaskFile file;

    EquivalentRequest(JsonMapper json, TaskFile file) {
        this.json = json;
        this.file = file;
    }

    /** The same in three languages. */
    record Texts(String json, String curl, String yaml) {}

    Texts of(Draft draft, HttpServletRequest request) {
        return of(draft.form().json(), request);
    }

    Texts of(TaskSettings settings, HttpServletRequest request) {
        return of((ObjectNode) json.valueToTree(settings), request);
    }

    private Texts of(ObjectNode whole, HttpServletRequest request) {
        ObjectNode definition = file.shortened(whole);
        String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(definition);
        return new Texts(text, curl(text, base(request)), file.yaml(definition));
    }

    private static String base(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length()) + request.getContextPath();
    }

    private static String curl(String body, String base) {
        return "curl -u admin '" + base + "/api/v1/tasks?start=true' \\\n  -H 'Content-Type: application/json' -d '"
                + body.replace("'", "'\\''") + "'";
    }
}
