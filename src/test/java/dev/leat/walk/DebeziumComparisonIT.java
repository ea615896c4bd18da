package dev.leat.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
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

    private static final Set<String> NEEDED = new HashSet<>();
    private static final List<String> TABLES = List.of("every", "whole", "bare", "strict", "beyond");

    /** Every value of every option, and every version; each with each when {@code leat.debezium} says all. */
    private static Stream<Arguments> runs() {
        if (!System.getProperty("leat.debezium", "").equals("all")) {
            return Stream.of(
                    arguments(12, DEFAULTS, false),
                    arguments(15, SECOND, true),
                    arguments(18, THIRD, false),
                    arguments(18, FOURTH, true));
        }
        return Stream.of(12, 15, 18)
                .flatMap(major -> Stream.of(DEFAULTS, SECOND, THIRD, FOURTH)
                        .flatMap(modes -> Stream.of(false, true).map(schemas -> arguments(major, modes, schemas))));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void recordsAreAlikeFieldByField(int major, Map<String, String> modes, boolean schemas)
            throws InterruptedException {
        Database source = Servers.postgres(major).newDatabase();
        Map<String, String> options = new HashMap<>(modes);
        options.put("schemas.enable", Boolean.toString(schemas));
        int rows = prepare(source, major);
        options.put("topic.prefix", DebeziumPeer.PREFIX);
        var task = WalkTask.task(
                source, new FormatSettings(FormatKind.DEBEZIUM_JSON, options), EnumSet.allOf(Phase.class));
        List<DebeziumPeer.Sent> theirs = new ArrayList<>();
        try (Walk walk = new Walk(source, Servers.kafka(), task)) {
            walk.start();
            try (DebeziumPeer peer = new DebeziumPeer(source, options)) {
                theirs.addAll(peer.await(2 * rows + 4));
                walk.follows();
                change(source, major, schemas);
                theirs.addAll(peer.await(DebeziumComparisonIT::isLast));
                // the last change goes to the smallest topic; a clean stop sends what is left of the others
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> sent(walk, "bare").stream().anyMatch(DebeziumComparisonIT::isLast));
            }
            walk.stop();
            theirs.removeIf(record -> record.topic().equals(DebeziumPeer.PREFIX + ".message"));
            var differences = RecordComparison.compare(theirs, sent(walk));
            assertThat(theirs).hasSizeGreaterThan(4 * rows);
            assertThat(differences).isNotEmpty();
            assertThat(unexplained(differences)).isEmpty();
        }
    }

    @AfterAll
    static void everyAllowanceIsNeeded() {
        assertThat(Allowance.ALL).allSatisfy(allowance -> assertThat(NEEDED).contains(allowance.reason()));
    }

    private static List<Allowance.Difference> unexplained(List<Allowance.Difference> differences) {
        List<Allowance.Difference> unexplained = new ArrayList<>();
        for (var difference : differences) {
            var reason = Allowance.ALL.stream()
                    .filter(allowance -> allowance.covers().test(difference))
                    .map(Allowance::reason)
                    .findFirst();
            reason.ifPresentOrElse(NEEDED::add, () -> unexplained.add(difference));
        }
        return unexplained;
    }

    /** Makes tables and their first rows; tells how many there are in each of the two large ones. */
    private static int prepare(Database source, int major) {
        EveryType.createTypes(source);
        int rows = EveryType.plain(major, "every").create(source).insert(source, 0);
        EveryType.plain(major, "whole").create(source).insert(source, 0);
        source.execute(
                // a table whose whole old rows are logged cannot hold generated columns that are not
                "ALTER TABLE whole DROP COLUMN twice",
                "ALTER TABLE whole REPLICA IDENTITY FULL",
                "CREATE TABLE beyond (id int PRIMARY KEY, nested int[], n numeric(10,2), day date)",
                "INSERT INTO beyond VALUES (1, NULL, 'NaN', 'infinity')",
                "CREATE TABLE bare (a int, b text)",
                "INSERT INTO bare VALUES (1, 'one'), (2, NULL)",
                "CREATE TABLE strict (b text, a int, p int NOT NULL, w text NOT NULL, big text NOT NULL DEFAULT 'x', n numeric(6,2) NOT NULL DEFAULT 1.5,"
                        + " d date NOT NULL DEFAULT '2020-01-01', t timestamptz NOT NULL DEFAULT now(), c int DEFAULT 4,"
                        + " PRIMARY KEY (a, b))",
                "INSERT INTO strict (a, b, p, w, c) VALUES (1, 'one', 1, 'w', NULL)");
        return rows;
    }

    private static void change(Database source, int major, boolean schemas) {
        EveryType.plain(major, "every").insert(source, 100);
        EveryType.plain(major, "whole").insert(source, 100);
        source.execute(
                "UPDATE every SET \"1 int\" = 7 WHERE id < 105",
                "UPDATE whole SET \"1 int\" = 7 WHERE id < 105",
                "UPDATE whole SET id = 999 WHERE id = 100",
                "DELETE FROM every WHERE id = 101",
                "DELETE FROM whole WHERE id = 101",
                // a schema has no room for an array in an array
                "INSERT INTO beyond VALUES (2, '" + (schemas ? "{1,2}" : "{{1,2},{3,4}}") + "', 'NaN', '-infinity')",
                "INSERT INTO bare VALUES (3, 'three')",
                "INSERT INTO strict VALUES ('two', 2, 2, 'w', 'small'), ('big', 3, 3, 'w',"
                        + " (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 300) i))",
                "UPDATE strict SET n = 2 WHERE a = 3",
                "UPDATE strict SET a = 5 WHERE a = 3",
                "DELETE FROM strict WHERE a = 2",
                "SELECT pg_replication_origin_create('" + source.name() + "')",
                "BEGIN; SELECT pg_replication_origin_session_setup('" + source.name() + "');"
                        + " SELECT pg_replication_origin_xact_setup('0/1234567', now());"
                        + " INSERT INTO strict VALUES ('from elsewhere', 6, 6, 'w'); COMMIT;"
                        + " SELECT pg_replication_origin_session_reset()",
                "SELECT pg_replication_origin_drop('" + source.name() + "')",
                "INSERT INTO bare VALUES (4, 'the last')");
    }

    private static boolean isLast(DebeziumPeer.Sent sent) {
        return sent.value() != null && new String(sent.value(), UTF_8).contains("\"the last\"");
    }

    private static List<DebeziumPeer.Sent> sent(Walk walk) {
        return TABLES.stream().flatMap(table -> sent(walk, table).stream()).toList();
    }

    private static List<DebeziumPeer.Sent> sent(Walk walk, String table) {
        List<DebeziumPeer.Sent> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : walk.records("public." + table)) {
            Map<String, byte[]> headers = new HashMap<>();
            record.headers().forEach(header -> headers.put(header.key(), header.value()));
            String topic = DebeziumPeer.PREFIX + ".public." + table;
            sent.add(new DebeziumPeer.Sent(topic, record.key(), record.value(), headers));
        }
        return sent;
    }
}
