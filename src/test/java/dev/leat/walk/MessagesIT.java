package dev.leat.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.FaultProxy;
import dev.leat.fixture.Servers;
import dev.leat.kafka.KafkaSink;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Logical messages arrive where the task says, once and in the log's order; a task that says nothing notices none. */
class MessagesIT {

    private static final String TOPIC = "messages";
    private static final String ROW_BETWEEN_TWO =
            "BEGIN; INSERT INTO item VALUES (%1$d); SELECT pg_logical_emit_message(true, 'out', '%1$d a');"
                    + " SELECT pg_logical_emit_message(true, 'out', '%1$d b'); INSERT INTO item VALUES (%1$d + 1); COMMIT";

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void messagesArriveWithTheirTransactionsAndBetweenThem(int major) {
        Database source = database(major);
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, Map.of(), true)) {
            walk.start();
            walk.follows();
            write(source);
            walk.delivers();
            assertThat(told(walk)).containsExactly("1 a", "1 b", "alone", "kept", "only");
            assertThat(positions(walk, TOPIC)).isSorted().doesNotHaveDuplicates();
            assertThat(walk.stop()).isNotNull();

            source.execute(
                    ROW_BETWEEN_TWO.formatted(21),
                    "SELECT pg_logical_emit_message(false, 'out', 'while nobody was there')");
            walk.start();
            walk.delivers();
            walk.stop();
            assertThat(told(walk))
                    .containsExactly("1 a", "1 b", "alone", "kept", "only", "21 a", "21 b", "while nobody was there");
            JsonNode between = Walk.JSON.readTree(records(walk).get(2).value());
            assertThat(between.propertyNames()).containsExactly("prefix", "content", "transactional", "lsn", "ts");
            assertThat(between.get("transactional").asBoolean()).isFalse();
            assertThat(records(walk)).allSatisfy(record -> {
                assertThat(record.key()).asString(UTF_8).isEqualTo("{\"prefix\":\"out\"}");
                assertThat(record.partition()).isZero();
            });
        }
    }

    /** What stands between changes must not move their positions, which are what a restart goes by. */
    @ParameterizedTest
    @CsvSource({"12,false", "18,false", "18,true"})
    void rowsAreTheSameWhetherMessagesAreCarriedOrNot(int major, boolean carried) {
        Database source = database(major);
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, Map.of(), carried)) {
            walk.start();
            walk.follows();
            write(source);
            walk.delivers();
            walk.stop();
            assertThat(walk.records("public.item"))
                    .extracting(record ->
                            Walk.JSON.readTree(record.value()).at("/data/0/id").asString())
                    .containsExactly("1", "2", "9");
            assertThat(positions(walk, "public.item"))
                    .extracting(position -> position.substring(17))
                    .containsExactly("00000000", "00000001", "00000000");
            if (!carried) {
                assertThat(records(walk)).isEmpty();
            }
        }
    }

    @Test
    void aSourceThatSendsNoneIsRefusedBeforeAnythingIsWritten() {
        Database source = database(12);
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, Map.of(), true)) {
            walk.start();
            SyncException failure = walk.fails();
            assertThat(failure.kind()).isEqualTo(FailureKind.SETTINGS);
            assertThat(failure).hasMessageContaining("logical messages need PostgreSQL 14 or later");
            assertThat(failure.remedy()).contains("destination.messageTopic");
            assertThat(source.query("SELECT FROM pg_publication")).isEmpty();
        }
    }

    /** The first run dies with everything acknowledged and nothing saved. */
    @Test
    void aRunThatDiesLosesNoMessage() {
        Database source = database(18);
        try (FaultProxy way = FaultProxy.before(source);
                Walk walk = walk(source, FormatKind.CANAL_JSON, Map.of(), true)) {
            Mortal run = new Mortal(walk, way);
            walk.start(run.diesBefore(call -> call instanceof Mortal.SaveCheckpoint save && save.delivered()));
            walk.follows();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.addAll(emit(source, i));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> walk.end().isDone());
            assertThat(run.dead()).isTrue();
            for (int i = 20; i < 40; i++) {
                expected.addAll(emit(source, i));
            }
            way.refuse(false);
            walk.start();
            walk.delivers();
            walk.stop();
            Map<String, String> byPosition = new LinkedHashMap<>();
            records(walk).forEach(record -> byPosition.putIfAbsent(position(record), content(record)));
            assertThat(byPosition.values()).containsExactlyElementsOf(expected);
        }
    }

    /** The message ends where the commit of the transaction around it begins. */
    @Test
    void aMessageFromBesideATransactionHidesNothingOfIt() throws SQLException {
        Database source = database(18);
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, Map.of(), true);
                Connection session = source.connect();
                Statement statement = session.createStatement()) {
            walk.start();
            walk.follows();
            session.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (1)");
            statement.execute("SELECT pg_logical_emit_message(true, 'out', 'within')");
            source.execute("SELECT pg_logical_emit_message(false, 'out', 'beside')");
            session.commit();
            walk.delivers();
            walk.stop();
            assertThat(told(walk)).containsExactly("beside", "within");
            assertThat(positions(walk, TOPIC)).isSorted().doesNotHaveDuplicates();
            assertThat(walk.records("public.item")).hasSize(1);
        }
    }

    @Test
    void wholeTransactionsPassMessagesWithoutCountingThem() {
        Database source = database(18);
        try (Walk walk = walk(source, FormatKind.SHAREPLEX_JSON, Map.of(), true)) {
            walk.start();
            walk.follows();
            write(source);
            walk.delivers();
            walk.stop();
            assertThat(walk.records("public.item"))
                    .extracting(record ->
                            Walk.JSON.readTree(record.value()).at("/meta/idx").asString())
                    .containsExactly("1/2", "2/2", "1/1");
            assertThat(told(walk)).containsExactly("1 a", "1 b", "alone", "kept", "only");
        }
    }

    @ParameterizedTest
    @CsvSource({"false,bytes", "true,bytes", "true,hex"})
    void messagesAreDebeziumsFieldByField(boolean schemas, String binaries) throws InterruptedException {
        Database source = database(18);
        source.execute("INSERT INTO item VALUES (100)");
        Map<String, String> options = new HashMap<>(Map.of(
                "schemas.enable",
                Boolean.toString(schemas),
                "binary.handling.mode",
                binaries,
                "topic.prefix",
                DebeziumPeer.PREFIX));
        try (Walk walk = walk(source, FormatKind.DEBEZIUM_JSON, options, true)) {
            walk.start();
            walk.follows();
            List<DebeziumPeer.Sent> theirs;
            try (DebeziumPeer peer = new DebeziumPeer(source, options)) {
                peer.await(1);
                write(source);
                source.execute(
                        "SELECT pg_logical_emit_message(true, 'out', 'x'::bytea || '\\x00ff')",
                        "INSERT INTO item VALUES (77)");
                theirs = new ArrayList<>(peer.await(
                        sent -> sent.value() != null && new String(sent.value(), UTF_8).contains("\"id\":77")));
            }
            walk.delivers();
            walk.stop();
            theirs.removeIf(sent -> !sent.topic().equals(DebeziumPeer.PREFIX + ".message")
                    || new String(sent.key(), UTF_8).contains("\"leat\""));
            assertThat(theirs).hasSize(6);
            assertThat(RecordComparison.compare(theirs, sent(walk)))
                    .filteredOn(MessagesIT::matters)
                    .isEmpty();
        }
    }

    /** Each names itself, writes at its own time and began at its own place; a message alone has no time of its own. */
    private static boolean matters(Allowance.Difference difference) {
        return !difference.at("/source/version|/ts_ms|/source/sequence")
                && !(difference.at("/source/ts_(ms|us|ns)")
                        && difference.record().endsWith("#2"));
    }

    private static List<DebeziumPeer.Sent> sent(Walk walk) {
        return records(walk).stream()
                .map(record ->
                        new DebeziumPeer.Sent(DebeziumPeer.PREFIX + ".message", record.key(), record.value(), Map.of()))
                .toList();
    }

    /** Three rows and five messages that arrive; others never may. */
    private static void write(Database source) {
        source.execute(
                ROW_BETWEEN_TWO.formatted(1),
                "SELECT pg_logical_emit_message(false, 'out', 'alone')",
                "SELECT pg_logical_emit_message(false, 'leat', 'a heartbeat')",
                "BEGIN; INSERT INTO item VALUES (8); SELECT pg_logical_emit_message(true, 'out', 'never'); ROLLBACK",
                "BEGIN; INSERT INTO item VALUES (9); SAVEPOINT s; SELECT pg_logical_emit_message(true, 'out', 'never');"
                        + " ROLLBACK TO s; SELECT pg_logical_emit_message(true, 'out', 'kept'); COMMIT",
                "SELECT pg_logical_emit_message(true, 'out', 'only')");
    }

    private static List<String> emit(Database source, int i) {
        source.execute(
                ROW_BETWEEN_TWO.formatted(10 * i), "SELECT pg_logical_emit_message(false, 'out', '" + i + " alone')");
        return List.of(10 * i + " a", 10 * i + " b", i + " alone");
    }

    private static Database database(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute("CREATE TABLE item (id int PRIMARY KEY)");
        return source;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(Walk walk) {
        return walk.records(TOPIC);
    }

    private static List<String> told(Walk walk) {
        return records(walk).stream().map(MessagesIT::content).toList();
    }

    private static String content(ConsumerRecord<byte[], byte[]> record) {
        String content = Walk.JSON.readTree(record.value()).get("content").asString();
        return new String(Base64.getDecoder().decode(content), UTF_8);
    }

    private static List<String> positions(Walk walk, String topic) {
        return walk.records(topic).stream().map(MessagesIT::position).toList();
    }

    private static String position(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader(KafkaSink.POSITION_HEADER).value(), UTF_8);
    }

    private static Walk walk(Database source, FormatKind format, Map<String, String> options, boolean carried) {
        TaskSettings task = WalkTask.task(source, new FormatSettings(format, options), EnumSet.allOf(Phase.class));
        return new Walk(source, Servers.kafka(), task)
                .to(new TaskDestination(
                        "kafka",
                        "{database}.{schema}.{table}",
                        null,
                        1,
                        null,
                        null,
                        null,
                        carried ? "{database}." + TOPIC : null));
    }
}
