package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.kafka.KafkaClients;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import dev.leat.settings.TooLarge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Rows that no topic takes, in both phases and among ordinary changes of the same row, under every policy. */
class OversizedIT {

    private static final int LARGE = 12_000_000;
    private static final String TABLE =
            "CREATE TABLE doc (id int PRIMARY KEY, n int, note text, body text, image bytea, meta jsonb)";

    /** The steps of one row's life that are the same for every policy; 2 is too large in the copy, 1 in the log. */
    private static void live(Database source) {
        source.execute(
                "UPDATE doc SET n = 1 WHERE id = 1",
                "BEGIN; UPDATE doc SET n = 2 WHERE id = 1; UPDATE doc SET n = 3, body = repeat('é', 6000000) WHERE id = 1;"
                        + " INSERT INTO doc VALUES (3, 3, 'third', repeat('\"', 6000000), '\\xff', '[1]');"
                        + " UPDATE doc SET n = 4, body = 'small' WHERE id = 1; COMMIT",
                "UPDATE doc SET n = 5 WHERE id = 1");
    }

    private static void prepare(Database source, String identity) {
        source.execute(
                TABLE,
                "ALTER TABLE doc REPLICA IDENTITY " + identity,
                "INSERT INTO doc VALUES (1, 0, 'first', 'small', '\\x01', '{}'), (2, 0, 'second', repeat('x', " + LARGE
                        + "), '\\x02', '{}'), (4, 0, '', NULL, NULL, NULL)");
    }

    @ParameterizedTest
    @CsvSource({"12,CANAL_JSON,DEFAULT", "18,DEBEZIUM_JSON,FULL"})
    void aDeadLetterTakesThePlaceOfEachAndNothingElseIsMissing(int major, FormatKind format, String identity) {
        Database source = Servers.postgres(major).newDatabase();
        prepare(source, identity);
        try (Walk walk = walk(source, format, TooLarge.DEAD_LETTER)) {
            walk.start();
            walk.follows();
            live(source);
            Arrived arrived = Arrived.of(walk);
            int letters = identity.equals("FULL") ? 4 : 3;

            assertThat(arrived.numbers(1))
                    .as("in order, without the one that is too large")
                    .startsWith("0", "1", "2");
            assertThat(arrived.numbers(1)).doesNotContain("3").endsWith("5");
            assertThat(arrived.numbers(2)).isEmpty();
            assertThat(arrived.letters).hasSize(letters);
            ConsumerRecord<byte[], byte[]> copied = arrived.letter(2).getFirst();
            JsonNode value = Walk.JSON.readTree(copied.value());
            assertThat(value.path("reason").asString()).isEqualTo("RECORD_TOO_LARGE");
            assertThat(value.path("message").asString())
                    .isEqualTo("Table public.doc: record of 12.0 MB exceeds the 10.5 MB limit of topic " + source.name()
                            + ".public.doc.");
            assertThat(value.path("operation").asString()).isEqualTo("READ");
            assertThat(value.path("schema").asString()).isEqualTo("public");
            assertThat(value.path("table").asString()).isEqualTo("doc");
            assertThat(value.path("database").asString()).isEqualTo(source.name());
            assertThat(value.path("topic").asString()).isEqualTo(source.name() + ".public.doc");
            assertThat(value.path("key").toString()).isEqualTo("{\"id\":\"2\"}");
            assertThat(value.path("sizeBytes").asLong()).isBetween(12_000_000L, 12_002_000L);
            assertThat(value.path("limitBytes").asInt()).isEqualTo(KafkaClients.MAX_RECORD_BYTES);
            assertThat(value.path("position").asString()).isEqualTo(header(copied, "leat.position"));
            assertThat(header(copied, "leat.error")).isEqualTo("RECORD_TOO_LARGE");
            assertThat(header(copied, "leat.task")).isEqualTo("walk");
            assertThat(arrived.letter(1).stream()
                            .map(letter -> Walk.JSON.readTree(letter.value()))
                            .map(letter -> letter.path("operation").asString()))
                    .hasSize(letters - 2)
                    .containsOnly("UPDATE");
            assertThat(arrived.letter(3)).hasSize(1);
            assertThat(walk.status().deadLetters()).isEqualTo(letters);
            assertThat(walk.events())
                    .as("told once for many")
                    .singleElement()
                    .satisfies(event -> assertThat(event)
                            .startsWith("DEAD_LETTER: Table public.doc: record of 12.0 MB")
                            .doesNotContain("{"));
        }
    }

    @ParameterizedTest
    @CsvSource({"18,CANAL_JSON,FULL", "12,DEBEZIUM_JSON,DEFAULT"})
    void aRecordIsCutToFit(int major, FormatKind format, String identity) {
        Database source = Servers.postgres(major).newDatabase();
        prepare(source, identity);
        try (Walk walk = walk(source, format, TooLarge.TRUNCATE)) {
            walk.start();
            walk.follows();
            live(source);
            source.execute(
                    "INSERT INTO doc VALUES (5, 5, 'bytes', 'body', decode(repeat('ab', " + LARGE + "), 'hex'), '[2]')",
                    "INSERT INTO doc VALUES (6, 6, 'json', 'body', NULL, to_jsonb(repeat('j', " + LARGE + ")))",
                    "DELETE FROM doc WHERE id = 2",
                    "UPDATE doc SET n = 6 WHERE id = 1");
            Arrived arrived = Arrived.of(walk);

            assertThat(arrived.numbers(1)).containsExactly("0", "1", "2", "3", "4", "5", "6");
            assertThat(arrived.records)
                    .allSatisfy(record ->
                            assertThat(record.serializedValueSize()).isLessThan(KafkaClients.MAX_RECORD_BYTES));
            ConsumerRecord<byte[], byte[]> copied = arrived.of(2).getFirst();
            assertThat(header(copied, "leat.truncated")).isEqualTo("{\"body\":12000000}");
            assertThat(header(copied, "leat.unavailable")).isNull();
            assertThat(after(copied).path("body").asString())
                    .matches("x+")
                    .hasSizeBetween(10_200_000, KafkaClients.MAX_RECORD_BYTES);
            assertThat(after(copied).path("note").asString()).isEqualTo("second");
            ConsumerRecord<byte[], byte[]> updated = arrived.numbered(1, "3");
            assertThat(after(updated).path("body").asString()).matches("é+").hasSizeGreaterThan(5_000_000);
            assertThat(header(updated, "leat.truncated")).isEqualTo("{\"body\":12000000}");
            assertThat(after(arrived.of(3).getFirst()).path("body").asString())
                    .as("quotes are two bytes in JSON")
                    .matches("\"+")
                    .hasSizeGreaterThan(5_000_000);
            ConsumerRecord<byte[], byte[]> bytes = arrived.of(5).getFirst();
            assertThat(header(bytes, "leat.truncated")).isEqualTo("{\"image\":12000000}");
            assertThat(after(bytes).path("meta").asString()).isEqualTo("[2]");
            assertThat(after(bytes).path("image").asString())
                    .matches(format == FormatKind.CANAL_JSON ? "\\\\x(ab)+" : "(q6ur)+(q6s=|qw==)?");
            ConsumerRecord<byte[], byte[]> json = arrived.of(6).getFirst();
            assertThat(header(json, "leat.truncated")).isEqualTo("{\"meta\":12000002}");
            assertThat(header(json, "leat.unavailable")).isEqualTo("meta");
            assertThat(after(json).path("meta").asString()).isEqualTo("__debezium_unavailable_value");
            assertThat(after(json).path("body").asString()).isEqualTo("body");
            assertThat(walk.events())
                    .contains(
                            "RECORD_TRUNCATED: Table public.doc: record of 12.0 MB exceeds the 10.5 MB limit of topic "
                                    + source.name() + ".public.doc; it was cut in body.")
                    .hasSize(1);
            assertThat(walk.status().shortenedRecords()).isGreaterThanOrEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"12,CANAL_JSON,FULL", "18,DEBEZIUM_JSON,DEFAULT"})
    void onlyTheKeyIsSent(int major, FormatKind format, String identity) {
        Database source = Servers.postgres(major).newDatabase();
        prepare(source, identity);
        try (Walk walk = walk(source, format, TooLarge.KEY_ONLY)) {
            walk.start();
            walk.follows();
            live(source);
            source.execute("DELETE FROM doc WHERE id = 2", "UPDATE doc SET n = 6 WHERE id = 1");
            Arrived arrived = Arrived.of(walk);

            ConsumerRecord<byte[], byte[]> copied = arrived.of(2).getFirst();
            assertThat(Long.parseLong(header(copied, "leat.key-only"))).isBetween(12_000_000L, 12_002_000L);
            assertThat(header(copied, "leat.unavailable"))
                    .isEqualTo(format == FormatKind.CANAL_JSON ? null : "n,note,body,image,meta");
            JsonNode image = after(copied);
            if (format == FormatKind.CANAL_JSON) {
                assertThat(image.toString()).isEqualTo("{\"id\":\"2\"}");
            } else {
                assertThat(image.path("id").asInt()).isEqualTo(2);
                assertThat(image.path("n").isNull()).isTrue();
                assertThat(image.path("body").asString()).isEqualTo("__debezium_unavailable_value");
            }
            List<ConsumerRecord<byte[], byte[]>> first = arrived.of(1);
            int keyOnly = first.indexOf(first.stream()
                    .filter(record -> header(record, "leat.key-only") != null)
                    .findFirst()
                    .orElseThrow());
            assertThat(number(first.get(keyOnly - 1))).isEqualTo("2");
            assertThat(number(first.getLast())).isEqualTo("6");
            assertThat(arrived.of(2)).as("the copied row, and its end").hasSizeGreaterThanOrEqualTo(2);
            assertThat(walk.events())
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event).startsWith("RECORD_KEY_ONLY: ").endsWith("; only its key was sent."));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DEAD_LETTER", "TRUNCATE"})
    void nothingIsLostOverARestart(TooLarge policy) {
        Database source = Servers.postgres(18).newDatabase();
        prepare(source, "DEFAULT");
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, policy)) {
            walk.start();
            walk.follows();
            source.execute("UPDATE doc SET n = 1, body = repeat('y', " + LARGE + ") WHERE id = 1");
            walk.stop();
            source.execute(
                    "UPDATE doc SET n = 2, body = repeat('z', " + LARGE + ") WHERE id = 1",
                    "UPDATE doc SET n = 3, body = 'small' WHERE id = 1");
            walk.start();
            Arrived arrived = Arrived.of(walk);

            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(arrived.of(1));
            if (policy == TooLarge.DEAD_LETTER) {
                all.addAll(1, arrived.letter(1));
            }
            List<String> positions =
                    all.stream().map(record -> header(record, "leat.position")).toList();
            assertThat(positions).isSorted();
            assertThat(new HashSet<>(positions)).hasSize(4);
        }
    }

    /** Without a key nothing would be left; a record of numbers alone cannot be cut. */
    @ParameterizedTest
    @CsvSource({"KEY_ONLY,text", "TRUNCATE,numeric"})
    void whatCannotBeMadeSmallerStopsTheTask(TooLarge policy, String type) {
        Database source = Servers.postgres(18).newDatabase();
        String columns =
                IntStream.range(0, 90).mapToObj(i -> "c" + i + " " + type).collect(Collectors.joining(", "));
        String values = IntStream.range(0, 90)
                .mapToObj(i -> "repeat('1', 125000)::" + type)
                .collect(Collectors.joining(", "));
        source.execute("CREATE TABLE doc (" + columns + ")", "INSERT INTO doc VALUES (" + values + ")");
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, policy)) {
            walk.start();
            assertThatThrownBy(() -> walk.end().join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("Table public.doc: record of 11.3 MB exceeds the 10.5 MB limit");
        }
    }

    private static Walk walk(Database source, FormatKind format, TooLarge policy) {
        return new Walk(
                source, Servers.kafka(), WalkTask.task(source, format, EnumSet.allOf(Phase.class), policy, null));
    }

    private static String number(ConsumerRecord<byte[], byte[]> record) {
        return after(record).path("n").asString("");
    }

    /** What is in the topics once all is delivered that was committed before; read once, as it is large. */
    private record Arrived(List<ConsumerRecord<byte[], byte[]>> records, List<ConsumerRecord<byte[], byte[]>> letters) {

        static Arrived of(Walk walk) {
            walk.delivers();
            List<ConsumerRecord<byte[], byte[]>> records = walk.records("public.doc");
            boolean none = walk.status().deadLetters() == 0;
            return new Arrived(records, none ? List.of() : walk.deadLetters());
        }

        /** Values of {@code n} in the records of a row, in order; empty text where only the key was sent. */
        List<String> numbers(int id) {
            return of(id).stream().map(OversizedIT::number).toList();
        }

        ConsumerRecord<byte[], byte[]> numbered(int id, String number) {
            return of(id).stream()
                    .filter(record -> number(record).equals(number))
                    .findFirst()
                    .orElseThrow();
        }

        List<ConsumerRecord<byte[], byte[]>> of(int id) {
            return about(records, id);
        }

        List<ConsumerRecord<byte[], byte[]>> letter(int id) {
            return about(letters, id);
        }

        private static List<ConsumerRecord<byte[], byte[]>> about(List<ConsumerRecord<byte[], byte[]>> all, int id) {
            return all.stream()
                    .filter(record ->
                            Walk.JSON.readTree(record.key()).path("id").asInt() == id)
                    .toList();
        }
    }

    /** The row after, or the row that was deleted. */
    private static JsonNode after(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Walk.JSON.nullNode();
        }
        JsonNode value = Walk.JSON.readTree(record.value());
        return value.has("data")
                ? value.path("data").path(0)
                : value.path(value.path("after").isNull() ? "before" : "after");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
