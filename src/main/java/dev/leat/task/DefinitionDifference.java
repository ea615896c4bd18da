package dev.leat.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells two definitions apart. Entries that speak of an object are told by its name, others by their place. */
final class DefinitionDifference {

    private static final int LONGEST_VALUE = 200;

    private final List<String> changes = new ArrayList<>();

    private DefinitionDifference() {}

    /** One line for each field that differs, such as {@code retry.otherMinutes: 10 → 20}. */
    static List<String> between(JsonNode before, JsonNode after) {
        DefinitionDifference difference = new DefinitionDifference();
        difference.compare("", before, after);
        return difference.changes;
    }

    private void compare(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null || after == null || !before.isContainer() || before.getNodeType() != after.getNodeType()) {
            if (!text(before).equals(text(after))) {
                changes.add(path + ": " + text(before) + " → " + text(after));
            }
            return;
        }
        Map<String, JsonNode> old = members(before);
        Map<String, JsonNode> now = members(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        String prefix = path.isEmpty() || before.isArray() ? path : path + ".";
        names.forEach(name -> compare(prefix + name, old.get(name), now.get(name)));
    }

    private static Map<String, JsonNode> members(JsonNode container) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        if (container.isObject()) {
            container.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
        } else {
            for (JsonNode item : container) {
                members.put("[" + name(item, members.size()) + "]", item);
            }
        }
        return members;
    }

    private static String name(JsonNode item, int place) {
        if (item.isObject() && item.has("schema")) {
            String schema = item.path("schema").asString("*");
            return schema.equals("*") ? "*" : schema + "." + item.path("table").asString("*");
        }
        return item.isValueNode() ? item.asString() : String.valueOf(place);
    }

    private static String text(@Nullable JsonNode value) {
        String text = value == null ? "nothing" : value.toString();
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }
}
