package dev.leat.walk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Lays the records of Debezium and of Leat side by side: by topic and key, in their order. */
final class RecordComparison {

    private final Map<String, String> options;
    private final Map<String, String> differences = new LinkedHashMap<>();

    RecordComparison(Map<String, String> options) {
        this.options = options;
    }

    List<String> compare(List<DebeziumPeer.Sent> theirs, List<DebeziumPeer.Sent> ours) {
        for (var t : theirs) if (t.topic().endsWith("strict") || t.topic().endsWith("every")) { System.out.println("RAW " + t.topic() + new String(t.key(), StandardCharsets.UTF_8) + (t.value()==null?"":new String(t.value(), StandardCharsets.UTF_8))); }
        var left = byKey(theirs);
        var right = byKey(ours);
        var keys = new TreeSet<>(left.keySet());
        keys.addAll(right.keySet());
        for (String key : keys) {
            var a = left.getOrDefault(key, List.of());
            var b = right.getOrDefault(key, List.of());
            if (a.size() != b.size()) {
                differences.put(key + " count", a.size() + " | " + b.size());
            }
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                compare(key + "#" + i, a.get(i), b.get(i));
            }
        }
        differences.forEach((k, v) -> System.out.println("DIFF " + k + ": " + v.replace(String.valueOf((char)10), "~")));
        return differences.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    }

    private void compare(String place, DebeziumPeer.Sent a, DebeziumPeer.Sent b) {
        compare(place + " key", leaves(a.key()), leaves(b.key()));
        compare(place, leaves(a.value()), leaves(b.value()));
        var headers = new TreeSet<>(a.headers().keySet());
        headers.addAll(b.headers().keySet());
        for (String header : headers) {
            if (!header.startsWith("leat.")) {
                compare(place + " header " + header, leaves(a.headers().get(header)), leaves(b.headers().get(header)));
            }
        }
    }

    private void compare(String place, Map<String, String> a, Map<String, String> b) {
        var paths = new TreeSet<>(a.keySet());
        paths.addAll(b.keySet());
        for (String path : paths) {
            String x = a.getOrDefault(path, "absent");
            String y = b.getOrDefault(path, "absent");
            if (!x.equals(y)) {
                differences.putIfAbsent(place + " " + path, x + " | " + y);
            }
        }
    }

    private static Map<String, List<DebeziumPeer.Sent>> byKey(List<DebeziumPeer.Sent> records) {
        Map<String, List<DebeziumPeer.Sent>> byKey = new TreeMap<>();
        for (var record : records) {
            String key = record.key() == null ? "null" : payload(Walk.JSON.readTree(record.key())).toString();
            byKey.computeIfAbsent(record.topic() + key, k -> new ArrayList<>()).add(record);
        }
        return byKey;
    }

    private static JsonNode payload(JsonNode node) {
        return node.has("payload") ? node.get("payload") : node;
    }

    private static Map<String, String> leaves(byte[] json) {
        Map<String, String> leaves = new LinkedHashMap<>();
        if (json == null) {
            leaves.put("", "no bytes");
        } else {
            leaves("", Walk.JSON.readTree(json), leaves);
        }
        return leaves;
    }

    private static void leaves(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject()) {
            leaves.put(path + "/", "object");
            node.properties().forEach(e -> leaves(path + "/" + e.getKey(), e.getValue(), leaves));
        } else if (node.isArray()) {
            boolean fields = path.endsWith("/fields");
            leaves.put(path + "[]", fields ? "fields" : "array of " + node.size());
            for (int i = 0; i < node.size(); i++) {
                String name = fields ? node.get(i).get("field").asString() : Integer.toString(i);
                leaves(path + "[" + name + "]", node.get(i), leaves);
            }
        } else {
            String text = node.isString() ? "\"" + node.asString() + "\"" : node.toString();
            leaves.put(path, text);
        }
    }
}
