package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Lsn;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import dev.leat.sync.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** SharePlex tells with the first record of a transaction how many there are. */
class SharePlexIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Whether all records of a transaction are there, each with its place. */
    private static void isWhole(List<JsonNode> records, int from, int size) {
        assertThat(records).extracting(meta -> meta.get("seq").asInt()).containsExactlyElementsOf(range(from, size));
        assertThat(records)
                .extracting(meta -> meta.get("idx").asString())
                .containsExactlyElementsOf(
                        range(from, size).stream().map(i -> i + "/" + size).toList());
        assertThat(records)
                .extracting(meta -> meta.get("trans").asString())
                .containsOnly(records.getFirst().get("trans").asString());
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<JsonNode> streamed(Walk walk, String... tables) {
        return Stream.of(tables)
                .flatMap(table -> walk.records("public." + table).stream())
                .map(record -> Walk.JSON.readTree(record.value()).get("meta"))
                .filter(meta -> !meta.get("trans").asString().equals("0"))
                .sorted(Comparator.comparing(meta -> meta.get("seq").asInt()))
                .toList();
    }

    private static List<JsonNode> await(Walk walk, int count, String... tables) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> streamed(walk, tables), records -> records.size() >= count);
    }

    private static Walk walk(Database source) {
        return new Walk(source, Servers.kafka(), FormatKind.SHAREPLEX_JSON, EnumSet.allOf(Phase.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void countsTheChangesOfAllTables(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute("CREATE TABLE a (id int PRIMARY KEY, v text)", "CREATE TABLE b (id int PRIMARY KEY)");
        try (Walk walk = walk(source)) {
            walk.start();
            walk.follows();
            source.execute("""
                    BEGIN;
                    INSERT INTO a VALUES (1, 'x'), (2, 'y');
                    INSERT INTO b VALUES (7);
                    ALTER TABLE a ADD w int;
                    UPDATE a SET w = id WHERE id = 1;
                    DELETE FROM a WHERE id = 2;
                    COMMIT
                    """);
            List<JsonNode> records = await(walk, 5, "a", "b");
            isWhole(records, 1, 5);
            assertThat(records)
                    .extracting(meta ->
                            meta.get("op").asString() + " " + meta.get("table").asString())
                    .containsExactly("ins public.a", "ins public.a", "ins public.b", "upd public.a", "del public.a");
            walk.stop();
        }
    }

    @Test
    void countsATruncateOncePerTable() {
        Database source = Servers.postgres(15).newDatabase();
        source.execute("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");
        try (Walk walk = walk(source)) {
            walk.start();
            walk.follows();
            source.execute("BEGIN; TRUNCATE a, b; INSERT INTO a VALUES (1); COMMIT");
            assertThat(await(walk, 1, "a"))
                    .extracting(meta -> meta.get("idx").asString())
                    .containsExactly("3/3");
            walk.stop();
        }
    }

    /** 40 MB lie beyond the bound of what is held in memory. */
    @Test
    void holdsAVeryLargeTransactionOnDiskAndLeavesNothingThere() throws IOException {
        Database source = Servers.postgres(18).newDatabase();
        source.execute("CREATE TABLE a (id int PRIMARY KEY, v text)");
        try (Walk walk = walk(source)) {
            walk.start();
            walk.follows();
            source.execute("INSERT INTO a SELECT g, repeat('0123456789', 10000) FROM generate_series(1, 400) g");
            isWhole(await(walk, 400, "a"), 1, 400);
            walk.stop();
        }
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("leat-transaction-"));
        }
    }

    @Test
    void keepsPlacesAndSizeOverARestartInTheMiddle() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute("CREATE TABLE a (id int PRIMARY KEY)");
        try (Walk walk = walk(source)) {
            walk.start();
            walk.follows();
            walk.stop();
            source.execute("INSERT INTO a SELECT g FROM generate_series(1, 3000) g");
            Checkpoint before = walk.checkpoints().load().orElseThrow();
            walk.checkpoints()
                    .save(new Checkpoint(
                            before.slot(),
                            before.systemIdentifier(),
                            commit(source, walk.slot()),
                            1_500,
                            before.confirmable(),
                            before.timeline()));
            walk.start();
            isWhole(await(walk, 1_500, "a"), 1_501, 3_000);
            walk.stop();
        }
    }

    /** Where the only transaction that waits in a slot commits: eight bytes behind the type and the flags. */
    private static Lsn commit(Database source, String slot) {
        String hex = source.value(
                "SELECT encode(substring(data FROM 3 FOR 8), 'hex') FROM pg_logical_slot_peek_binary_changes(?, NULL, NULL,"
                        + " 'proto_version', '1', 'publication_names', ?) WHERE get_byte(data, 0) = ascii('C')"
                        + " ORDER BY lsn DESC LIMIT 1",
                slot,
                slot);
        return new Lsn(HexFormat.fromHexDigitsToLong(hex));
    }
}
