package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/**
 * A table {@code item} whose rows count their own changes, so that a missing change or a wrong order shows in the topic:
 * Canal JSON, copied rows told apart by {@code snapshot.type} {@code INIT}.
 */
final class RowVersions {

    static final String TABLE = "CREATE TABLE item (id bigint PRIMARY KEY, version int NOT NULL, filler text)";

    private RowVersions() {}

    /** Waits until the topic, applied in order, is the table; then every version of every row must be there, in order. */
    static void arrive(Database source, KafkaServer kafka, Duration patience) {
        List<ConsumerRecord<byte[], byte[]>> records = folded(source, kafka, patience);
        Set<String> left = folded(records).keySet();
        everyVersionIsThereInOrder(records, left);
    }

    /** The same after the table was copied anew because its log has a gap: what the gap held comes in the copy. */
    static void arriveAfterAGap(Database source, KafkaServer kafka, Duration patience) {
        List<ConsumerRecord<byte[], byte[]>> records = folded(source, kafka, patience);
        changes(records)
                .forEach((id, versions) -> assertThat(List.copyOf(versions.values()))
                        .as("versions of row %s", id)
                        .isSorted());
    }

    private static List<ConsumerRecord<byte[], byte[]>> folded(Database source, KafkaServer kafka, Duration patience) {
        String topic = source.name() + ".public.item";
        Map<String, String> expected = new TreeMap<>();
        source.query("SELECT id::text AS id, version::text AS version FROM item")
                .forEach(row -> expected.put(String.valueOf(row.get("id")), String.valueOf(row.get("version"))));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        await().atMost(patience).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            records.clear();
            records.addAll(kafka.readAll(topic));
            assertThat(folded(records)).isEqualTo(expected);
        });
        return records;
    }

    private static Map<String, String> folded(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, String> rows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode value = Walk.JSON.readTree(record.value());
            JsonNode row = value.get("data").get(0);
            if (value.get("type").asString().equals("DELETE")) {
                rows.remove(row.get("id").asString());
            } else {
                rows.put(row.get("id").asString(), row.get("version").asString());
            }
        }
        return rows;
    }

    /** By position, each change once: the versions of a row go up by one, from its copy or its insert on. */
    private static void everyVersionIsThereInOrder(List<ConsumerRecord<byte[], byte[]>> records, Set<String> left) {
        Map<String, TreeMap<String, Integer>> byRow = changes(records);
        Map<String, TreeSet<Integer>> copies = copies(records);
        byRow.forEach((id, versions) -> {
            List<Integer> seen = new ArrayList<>(versions.values());
            int first = seen.getFirst();
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i)).as("versions of row %s: %s", id, seen).isEqualTo(first + i);
            }
            if (copies.containsKey(id)) {
                assertThat(first)
                        .as("the log of row %s goes on where its first copy ends", id)
                        .isLessThanOrEqualTo(copies.get(id).first() + 1);
            } else if (left.contains(id)) {
                // one that is gone may have been deleted before any copy reached it
                assertThat(first).as("row %s from its insert on", id).isZero();
            }
        });
        assertThat(byRow).isNotEmpty();
    }

    /** Versions of each row by the position of the change, as the log told them. */
    private static Map<String, TreeMap<String, Integer>> changes(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, TreeMap<String, Integer>> changes = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode value = Walk.JSON.readTree(record.value());
            String type = value.get("type").asString();
            if (!type.equals("DELETE") && !type.equals("INIT")) {
                byte[] position = record.headers().lastHeader("leat.position").value();
                changes.computeIfAbsent(id(value), k -> new TreeMap<>())
                        .put(new String(position, StandardCharsets.UTF_8), version(value));
            }
        }
        return changes;
    }

    private static Map<String, TreeSet<Integer>> copies(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, TreeSet<Integer>> copies = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode value = Walk.JSON.readTree(record.value());
            if (value.get("type").asString().equals("INIT")) {
                copies.computeIfAbsent(id(value), k -> new TreeSet<>()).add(version(value));
            }
        }
        return copies;
    }

    private static String id(JsonNode value) {
        return value.get("data").get(0).get("id").asString();
    }

    private static int version(JsonNode value) {
        return Integer.parseInt(value.get("data").get(0).get("version").asString());
    }
}
