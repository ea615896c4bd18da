package dev.leat.task;

import dev.leat.settings.TaskSettings;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A task's definition as people keep it in a file: without what has its default anyway. */
@Component
public final class TaskFile {

    private static final Set<String> ALWAYS = Set.of("source", "destination", "objects");
    private static final JsonNode RULE = JsonMapper.shared().createObjectNode();

    private final JsonMapper json;
    private final JsonNode defaults;

    TaskFile(JsonMapper json) {
        this.json = json;
        this.defaults = json.valueToTree(json.readValue("{}", TaskSettings.class));
    }

    /** The definition as YAML; secrets are masked. */
    public String yaml(TaskSettings settings) {
        return yaml(shortened((ObjectNode) json.valueToTree(settings)));
    }

    /** A shortened definition as YAML. */
    public String yaml(ObjectNode shortened) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(0);
        return new Yaml(options).dump(json.treeToValue(shortened, Map.class));
    }

    /** A copy without nulls, empty lists and defaults. */
    public ObjectNode shortened(ObjectNode definition) {
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
}
