package dev.leat.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.EveryType;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Debezium's connector and Leat on the same tables, compared field by field. */
class DebeziumComparisonIT {

    private static final Map<String, String> DEFAULTS = Map.of();
    private static final Map<String, String> SECOND = Map.of(
            "decimal.handling.mode", "double",
            "time.precision.mode", "adaptive_time_microseconds",
            "interval.handling.mode", "string",
            "hstore.handling.mode", "map",
            "binary.handling.mode", "base64");
    private static final Map<String, String> THIRD = Map.of(
            "decimal.handling.mode", "string",
            "time.precision.mode", "connect",
            "binary.handling.mode", "hex",
            "tombstones.on.delete", "false");
    private static final Map<String, String> FOURTH = Map.of("time.precision.mode", "isostring");

    private int seen;

    private static final List<String> TABLES = List.of("every", "whole", "bare", "strict");

    private static Stream<Arguments> runs() {
        return Stream.of(java.util.Arrays.stream(System.getProperty("majors","18").split(",")).map(Integer::valueOf).toArray(Integer[]::new))
                .flatMap(major -> Stream.of(DEFAULTS, SECOND, THIRD, FOURTH)
                        .flatMap(modes -> Stream.of("false", "true").map(schemas -> {
                            Map<String, String> options = new HashMap<>(modes);
                            options.put("schemas.enable", schemas);
                            return Arguments.of(major, options);
                        })));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void recordsAreAlikeFieldByField(int major, Map<String, String> options) throws InterruptedException {
        Database source = Servers.postgres(major).newDatabase();
        EveryType.createTypes(source);
        EveryType every = EveryType.plain(major, "every").create(source);
        EveryType whole = EveryType.plain(major, "whole").create(source);
        int rows = every.insert(source, 0);
        whole.insert(source, 0);
        source.execute(
                "ALTER TABLE whole DROP COLUMN twice",
                "ALTER TABLE whole REPLICA IDENTITY FULL",
                "CREATE TABLE bare (a int, b text)",
                "INSERT INTO bare VALUES (1, 'one'), (2, NULL)",
                "CREATE TABLE strict (b text, a int, big text NOT NULL DEFAULT 'x', n numeric(6,2) NOT NULL DEFAULT 1.5,"
                        + " d date NOT NULL DEFAULT '2020-01-01', t timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (a, b))",
                "INSERT INTO strict (a, b) VALUES (1, 'one')");
        Map<String, String> ours = new HashMap<>(options);
        ours.put("topic.prefix", DebeziumPeer.PREFIX);
        var task = Walk.task(source, new FormatSettings(FormatKind.DEBEZIUM_JSON, ours), EnumSet.allOf(Phase.class));
        List<DebeziumPeer.Sent> theirs = new ArrayList<>();
        try (Walk walk = new Walk(source, Servers.kafka(), task)) {
            walk.start();
            try (DebeziumPeer peer = new DebeziumPeer(source, options)) {
                int copied = 2 * rows + 3;
                theirs.addAll(peer.await(sent -> copied == ++seen));
                walk.follows();
                every.insert(source, 100);
                whole.insert(source, 100);
                source.execute(
                        "UPDATE every SET \"1 int\" = 7 WHERE id < 105",
                        "UPDATE whole SET \"1 int\" = 7 WHERE id < 105",
                        "UPDATE whole SET id = 999 WHERE id = 100",
                        "DELETE FROM every WHERE id = 101",
                        "DELETE FROM whole WHERE id = 101",
                        "INSERT INTO bare VALUES (3, 'three')",
                        "INSERT INTO strict VALUES ('two', 2, 'small'), ('big', 3, (SELECT string_agg(md5(i::text), '') FROM generate_series(1,300) i))",
                        "UPDATE strict SET n = 2 WHERE a = 3",
                        "UPDATE strict SET a = 5 WHERE a = 3",
                        "DELETE FROM strict WHERE a = 2",
                        "INSERT INTO bare VALUES (4, 'the last')");
                theirs.addAll(peer.await(DebeziumComparisonIT::isLast));
                await().atMost(Duration.ofSeconds(30)).until(() -> sent(walk).stream().anyMatch(DebeziumComparisonIT::isLast));
            }
            walk.stop();
            var differences = new RecordComparison(options).compare(theirs, sent(walk));
            assertThat(differences).isEmpty();
        }
    }

    private static boolean isLast(DebeziumPeer.Sent sent) {
        return sent.value() != null && new String(sent.value(), UTF_8).contains("\"the last\"");
    }

    private static List<DebeziumPeer.Sent> sent(Walk walk) {
        List<DebeziumPeer.Sent> sent = new ArrayList<>();
        for (String table : TABLES) {
            for (ConsumerRecord<byte[], byte[]> record : walk.records("public." + table)) {
                Map<String, byte[]> headers = new HashMap<>();
                record.headers().forEach(header -> headers.put(header.key(), header.value()));
                sent.add(new DebeziumPeer.Sent(
                        DebeziumPeer.PREFIX + ".public." + table, record.key(), record.value(), headers));
            }
        }
        return sent;
    }
}
