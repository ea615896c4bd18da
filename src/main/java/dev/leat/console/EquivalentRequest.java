package dev.leat.console;

import dev.leat.settings.TaskSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says how a draft would be made over REST, without what has its default anyway. */
@Component
final class EquivalentRequest {

    private static final Set<String> ALWAYS = Set.of("source", "destination", "objects");

    private final JsonMapper json;
    private final JsonNode defaults;

    EquivalentRequest(JsonMapper json) {
        this.json = json;
        this.defaults = json.valueToTree(json.readValue("{}", TaskSettings.class));
    }

    /** The same in three languages. */
    record Texts(String json, String curl, String yaml) {}

    Texts of(Draft draft, HttpServletRequest request) {
        return of(draft.form().json(), request);
    }

    Texts of(TaskSettings settings, HttpServletRequest request) {
        return of((ObjectNode) json.valueToTree(settings), request);
    }

    /** A definition as a task file. */
    String yaml(TaskSettings settings) {
        return yaml(shortened((ObjectNode) json.valueToTree(settings)));
    }

    private Texts of(ObjectNode whole, HttpServletRequest request) {
        ObjectNode definition = shortened(whole);
        String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(definition);
        return new Texts(text, curl(text, base(request)), yaml(definition));
    }

    /** Without nulls, empty lists and defaults. */
    private ObjectNode shortened(ObjectNode definition) {
        ObjectNode copy = definition.deepCopy();
        prune(copy, defaults, true);
        return copy;
    }

    private static void prune(ObjectNode node, JsonNode defaults, boolean top) {
        for (Iterator<Map.Entry<String, JsonNode>> i = node.properties().iterator(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> field = i.next();
            boolean asked = top && ALWAYS.contains(field.getKey());
            JsonNode value = field.getValue();
            if (!asked && sameValue(value, defaults.path(field.getKey()))) {
                i.remove();
                continue;
            }
            if (value instanceof ObjectNode object) {
                prune(object, defaults.path(field.getKey()), false);
            } else {
                value.forEach(item -> {
                    if (item instanceof ObjectNode object) {
                        prune(object, RULE, false);
                    }
                });
            }
            if (!asked && isEmpty(value)) {
                i.remove();
            }
        }
    }

    private static final JsonNode RULE = JsonMapper.shared().createObjectNode();

    /** The order of a set does not count. */
    private static boolean sameValue(JsonNode one, JsonNode other) {
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            return one.valueStream().allMatch(item -> other.valueStream().anyMatch(item::equals));
        }
        return one.equals(other);
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isContainer() && value.isEmpty();
    }

    private static String base(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length()) + request.getContextPath();
    }

    private static String curl(String body, String base) {
        return "curl -u admin '" + base + "/api/v1/tasks?start=true' \\\n  -H 'Content-Type: application/json' -d '"
                + body.replace("'", "'\\''") + "'";
    }

    private String yaml(ObjectNode definition) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(0);
        return new Yaml(options).dump(json.treeToValue(definition, Map.class));
    }
}
