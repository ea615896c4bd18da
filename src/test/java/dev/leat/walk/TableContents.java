package dev.leat.walk;

import dev.leat.fixture.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/** What a table holds, by key: at the source, or by the records of its topic in Canal JSON. */
final class TableContents {

    private TableContents() {}

    static Map<String, Map<String, String>> folded(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode value = Walk.JSON.readTree(record.value());
            String key = new String(record.key(), StandardCharsets.UTF_8);
            switch (value.get("type").asString()) {
                case "INSERT", "INIT", "UPDATE" ->
                    rows.put(key, columns(value.get("data").get(0)));
                case "DELETE" -> rows.remove(key);
                default -> throw new AssertionError(value.get("type"));
            }
        }
        return rows;
    }

    static Map<String, Map<String, String>> of(Database source, String table, String key) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (Map<String, Object> row : source.query("SELECT to_jsonb(t)::text AS row FROM " + table + " t")) {
            Map<String, String> columns = columns(Walk.JSON.readTree(String.valueOf(row.get("row"))));
            rows.put("{\"" + key + "\":\"" + columns.get(key) + "\"}", columns);
        }
        return rows;
    }

    private static Map<String, String> columns(JsonNode data) {
        Map<String, String> columns = new TreeMap<>();
        data.properties()
                .forEach(e -> columns.put(
                        e.getKey(), e.getValue().isNull() ? null : e.getValue().asString()));
        return columns;
    }
}
