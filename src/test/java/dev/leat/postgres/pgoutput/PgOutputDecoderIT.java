package dev.leat.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records what real servers say and decodes it. The recordings land in {@code target/pgoutput}; those of the unit test
 * were copied from there.
 */
class PgOutputDecoderIT {

    private static final String PEEK = """
            SELECT data FROM pg_logical_slot_peek_binary_changes(
              'recording', NULL, NULL, 'proto_version', '1', 'publication_names', 'recording')""";

    private static final String PEEK_MESSAGES = PEEK.replace("'proto_version'", "'messages', 'true', 'proto_version'");

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void everyMessageOfEveryServerIsUnderstood(int major) throws IOException {
        var database = Servers.postgres(major).newDatabase();
        makeTables(database);
        makeChanges(database);

        var messages = new java.util.concurrent.atomic.AtomicReference<List<byte[]>>(List.of());
        await().untilAsserted(() -> {
            messages.set(database.query(PEEK).stream()
                    .map(row -> (byte[]) row.get("data"))
                    .toList());
            assertThat(Recordings.decoded(messages.get())).isEqualTo(Recordings.MESSAGES);
        });
        save(major, messages.get());
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void logicalMessagesOfServersThatSendThemAreUnderstood(int major) {
        var database = Servers.postgres(major).newDatabase();
        database.execute(
                "CREATE PUBLICATION recording",
                "SELECT pg_create_logical_replication_slot('recording', 'pgoutput')",
                "BEGIN; SELECT pg_logical_emit_message(true, 'outé', 'one'); COMMIT",
                "BEGIN; SELECT pg_logical_emit_message(true, 'out', 'never'); ROLLBACK",
                "SELECT pg_logical_emit_message(false, 'out', '')");
        await().untilAsserted(() -> assertThat(Recordings.decoded(database.query(PEEK_MESSAGES).stream()
                        .map(row -> (byte[]) row.get("data"))
                        .toList()))
                .isEqualTo("begin\nmessage outé within one\ncommit\nmessage out between \n"));
        database.drop();
    }

    private static void makeTables(Database database) {
        database.execute(
                "CREATE TYPE mood AS ENUM ('fine', 'bad')",
                "CREATE TABLE items (id int PRIMARY KEY, name varchar(40), mood mood, big text)",
                "ALTER TABLE items ALTER COLUMN big SET STORAGE EXTERNAL",
                "CREATE TABLE whole (a int, b numeric(10,2))",
                "ALTER TABLE whole REPLICA IDENTITY FULL",
                "CREATE PUBLICATION recording FOR TABLE items, whole",
                "SELECT pg_create_logical_replication_slot('recording', 'pgoutput')",
                "SELECT pg_replication_origin_create('elsewhere')");
    }

    private static void makeChanges(Database database) {
        database.execute(
                "INSERT INTO items VALUES (1, 'é☃', 'fine', repeat('x', 2100)), (2, '', NULL, NULL)",
                "UPDATE items SET name = 'b' WHERE id = 1",
                "UPDATE items SET id = 3 WHERE id = 1",
                "DELETE FROM items WHERE id = 3",
                "INSERT INTO whole VALUES (1, 1.5)",
                "UPDATE whole SET b = 2 WHERE a = 1",
                "DELETE FROM whole",
                "TRUNCATE items, whole RESTART IDENTITY",
                "SELECT pg_replication_origin_session_setup('elsewhere')",
                "INSERT INTO whole VALUES (7, NULL)",
                "SELECT pg_replication_origin_session_reset()",
                "SELECT pg_replication_origin_drop('elsewhere')");
    }

    private static void save(int major, List<byte[]> messages) throws IOException {
        var directory = Files.createDirectories(Path.of("target", "pgoutput"));
        Files.write(
                directory.resolve("pg" + major + ".hex"),
                messages.stream().map(HexFormat.of()::formatHex).toList());
    }
}
