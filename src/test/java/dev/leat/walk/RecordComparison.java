package dev.leat.walk;

import dev.leat.walk.Allowance.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Lays the records of Debezium and of Leat side by side: by topic and key, in their order. */
final class RecordComparison {

    private final List<Difference> differences = new ArrayList<>();

    /** Every place where the records differ. */
    static List<Difference> compare(List<DebeziumPeer.Sent> theirs, List<DebeziumPeer.Sent> ours) {
        RecordComparison comparison = new RecordComparison();
        var left = byKey(theirs);
        var right = byKey(ours);
        for (String key : union(left, right)) {
            comparison.compare(key, left.getOrDefault(key, List.of()), right.getOrDefault(key, List.of()));
        }
        return comparison.differences;
    }

    private void compare(String key, List<DebeziumPeer.Sent> theirs, List<DebeziumPeer.Sent> ours) {
        if (theirs.size() != ours.size()) {
            differences.add(new Difference(key, "number of records", "" + theirs.size(), "" + ours.size()));
        }
        for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
            var values = leaves(theirs.get(i).value());
            String copied = "\"r\"".equals(values.get("/op")) ? "#copied" : "";
            String place = key + "#" + i + copied;
            compare(
                    place,
                    "key ",
                    leaves(theirs.get(i).key()),
                    leaves(ours.get(i).key()));
            compare(place, "", values, leaves(ours.get(i).value()));
            headers(place, theirs.get(i).headers(), ours.get(i).headers());
        }
    }

    private void headers(String place, Map<String, byte[]> theirs, Map<String, byte[]> ours) {
        for (String header : union(theirs, ours)) {
            if (!header.startsWith("leat.")) {
                compare(place, "header " + header, leaves(theirs.get(header)), leaves(ours.get(header)));
            }
        }
    }

    private void compare(String place, String prefix, Map<String, String> theirs, Map<String, String> ours) {
        for (String path : union(theirs, ours)) {
            String left = theirs.getOrDefault(path, "absent");
            String right = ours.getOrDefault(path, "absent");
            if (!same(path, left, right)) {
                differences.add(new Difference(place, prefix + path, left, right));
            }
        }
    }

    /** Numbers may be spelt differently, as may objects inside of strings. */
    private static boolean same(String path, String left, String right) {
        if (left.equals(right)) {
            return true;
        }
        if (left.matches("-?\\d+\\.\\d.*") && right.matches("-?\\d.*[.e].*")) {
            return path.contains("real")
                    ? Float.parseFloat(left) == Float.parseFloat(right)
                    : Double.parseDouble(left) == Double.parseDouble(right);
        }
        return left.startsWith("\"{")
                && right.startsWith("\"{")
                && path.contains("hstore")
                && Walk.JSON.readTree(unquoted(left)).equals(Walk.JSON.readTree(unquoted(right)));
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }

    private static Set<String> union(Map<String, ?> left, Map<String, ?> right) {
        Set<String> union = new TreeSet<>(left.keySet());
        union.addAll(right.keySet());
        return union;
    }

    private static Map<String, List<DebeziumPeer.Sent>> byKey(List<DebeziumPeer.Sent> records) {
        Map<String, List<DebeziumPeer.Sent>> byKey = new TreeMap<>();
        for (var record : records) {
            String key = record.key() == null
                    ? "without key"
                    : Walk.JSON.readTree(record.key()).path("payload").isMissingNode()
                            ? new String(record.key(), java.nio.charset.StandardCharsets.UTF_8)
                            : Walk.JSON.readTree(record.key()).get("payload").toString();
            byKey.computeIfAbsent(record.topic() + " " + key, k -> new ArrayList<>())
                    .add(record);
        }
        return byKey;
    }

    /** Every leaf of a document by its path, without the wrapping of {@code schemas.enable}. */
    private static Map<String, String> leaves(byte[] json) {
        Map<String, String> leaves = new LinkedHashMap<>();
        if (json == null) {
            leaves.put("", "no bytes");
            return leaves;
        }
        JsonNode node = Walk.JSON.readTree(json);
        boolean wrapped = node.isObject() && node.has("schema") && node.has("payload");
        leaves("", wrapped ? node.get("payload") : node, leaves);
        if (wrapped) {
            leaves("/schema", node.get("schema"), leaves);
        }
        return leaves;
    }

    private static void leaves(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject()) {
            leaves.put(path + "/", "object");
            node.properties().forEach(e -> leaves(path + "/" + e.getKey(), e.getValue(), leaves));
        } else if (node.isArray()) {
            array(path, node, leaves);
        } else {
            leaves.put(path, node.isString() ? "\"" + node.asString() + "\"" : node.toString());
        }
    }

    private static void array(String path, JsonNode node, Map<String, String> leaves) {
        boolean fields = path.endsWith("/fields");
        leaves.put(path + "[]", fields ? "fields" : "array of " + node.size());
        for (int i = 0; i < node.size(); i++) {
            String name = fields ? node.get(i).get("field").asString() : Integer.toString(i);
            leaves(path + "[" + name + "]", node.get(i), leaves);
        }
    }
}
