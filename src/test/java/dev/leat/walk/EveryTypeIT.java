package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import com.alibaba.otter.canal.protocol.FlatMessage;
import dev.leat.fixture.Database;
import dev.leat.fixture.EveryType;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.Phase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every type and its oddest values, copied and followed, in a table and columns whose names need every kind of quote. */
class EveryTypeIT {

    private static final int STREAMED = 100;

    /** Canal's own class, and the JSON library that its client reads it with; PostgreSQL itself tells the values. */
    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void canalsClientReadsWhatTheServerPrints(int major) throws SQLException {
        Database source = Servers.postgres(major).newDatabase();
        EveryType.createTypes(source);
        EveryType every = EveryType.odd(major).create(source);
        int rows = every.insert(source, 0);
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, Map.of("snapshot.type", "INIT"))) {
            List<ConsumerRecord<byte[], byte[]>> records = copyAndFollow(walk, source, every, 2 * rows);
            Map<String, Map<String, String>> read = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                FlatMessage message = JSON.parseObject(record.value(), FlatMessage.class);
                Map<String, String> data = message.getData().getFirst();
                int id = Integer.parseInt(data.get("id"));
                assertThat(message.getType()).isEqualTo(id < STREAMED ? "INIT" : "INSERT");
                assertThat(message.getTable()).isEqualTo(EveryType.ODD_TABLE);
                assertThat(message.getDatabase()).isEqualTo(source.name());
                assertThat(message.getPkNames()).containsExactly("id");
                assertThat(message.getIsDdl()).isFalse();
                assertThat(message.getOld()).isNull();
                assertThat(message.getSqlType().keySet()).isEqualTo(data.keySet());
                assertThat(message.getMysqlType().keySet()).isEqualTo(data.keySet());
                assertThat(message.getEs()).isPositive().isLessThanOrEqualTo(message.getTs());
                read.put(data.get("id"), data);
            }
            assertThat(read).isEqualTo(printed(source, every));
        }
    }

    /** What the connector's comparison leaves out too: beyond it, copy and log have to agree. */
    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void debeziumRecordsAreAlikeInBothPhases(int major) {
        Database source = Servers.postgres(major).newDatabase();
        EveryType.createTypes(source);
        EveryType every = EveryType.odd(major).create(source);
        int rows = every.insert(source, 0);
        try (Walk walk = walk(source, FormatKind.DEBEZIUM_JSON, Map.of())) {
            Map<Integer, JsonNode> images = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> record : copyAndFollow(walk, source, every, 2 * rows)) {
                JsonNode after = Walk.JSON.readTree(record.value()).get("after");
                images.put(((ObjectNode) after).remove("id").asInt(), after);
            }
            assertThat(images).hasSize(2 * rows);
            for (int row = 0; row < rows; row++) {
                assertThat(images.get(row)).isEqualTo(images.get(STREAMED + row));
            }
            assertThat(images.get(0).size()).isEqualTo(every.types().size());
        }
    }

    private static Walk walk(Database source, FormatKind format, Map<String, String> options) {
        return new Walk(
                source,
                Servers.kafka(),
                WalkTask.task(source, new FormatSettings(format, options), EnumSet.allOf(Phase.class)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> copyAndFollow(
            Walk walk, Database source, EveryType every, int records) {
        EveryType.makeOdd(source);
        walk.start();
        walk.follows();
        every.insert(sober(source), STREAMED);
        // Kafka's names know no quotes, spaces or ducks
        String topic = "public.every__Type_.___";
        await().atMost(Duration.ofSeconds(60)).until(() -> walk.records(topic).size() >= records);
        walk.stop();
        return walk.records(topic);
    }

    /** The values are written as in a database that nobody set in an odd way. */
    private static Database sober(Database source) {
        source.execute("ALTER DATABASE " + source.name() + " RESET ALL");
        return source;
    }

    /** The rows as the types' own output functions print them under the settings that Leat promises. */
    private static Map<String, Map<String, String>> printed(Database source, EveryType every) throws SQLException {
        Map<String, Map<String, String>> printed = new TreeMap<>();
        try (var session = source.connect();
                var statement = session.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';"
                    + " SET extra_float_digits = 3; SET bytea_output = 'hex'; SET search_path = pg_catalog");
            for (String column : columns(every)) {
                String name = '"' + column.replace("\"", "\"\"") + '"';
                boolean truth = "boolean".equals(every.types().get(column));
                try (var rows = statement.executeQuery("SELECT id, CASE WHEN " + name + " IS DISTINCT FROM NULL THEN "
                        + (truth ? name + "::text" : "format('%s', " + name + ")") + " END FROM public."
                        + every.quoted())) {
                    while (rows.next()) {
                        printed.computeIfAbsent(rows.getString(1), id -> new LinkedHashMap<>())
                                .put(column, rows.getString(2));
                    }
                }
            }
        }
        return printed;
    }

    private static List<String> columns(EveryType every) {
        var columns = new java.util.ArrayList<>(List.of("id"));
        columns.addAll(every.types().keySet());
        return columns;
    }
}
