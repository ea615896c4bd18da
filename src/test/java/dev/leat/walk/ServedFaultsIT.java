package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The fault points of docs/faults.md that show in what the service does: it tries again by itself, or it does not. */
@LeatServer
class ServedFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String INSERT = "INSERT INTO item SELECT g, 'item ' || g FROM generate_series(%d, %d) g";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient metadata;

    private LeatClient leat;

    @BeforeEach
    void signIn() {
        leat = LeatClient.admin(port);
    }

    @Test
    void point12BrokerGoneLongerThanTheWindow() {
        Database source = table(Servers.postgres(15));
        try (ServedTask task = ServedTask.following(leat, source)) {
            task.arrives("public.item");
            try {
                Servers.kafka().stop();
                source.execute(INSERT.formatted(101, 400), "UPDATE item SET name = 'new' WHERE id <= 10");
                task.becomes("RETRYING");
                JsonNode failure = brokersAreAway(task);
                assertThat(failure.path("message").asString()).contains(source.name() + ".public.item");
                assertThat(failure.path("nextAttempt").asString()).isNotBlank();
                assertThat(failure.path("windowEnds").asString()).isNotBlank();
                // as if it had gone on so for longer than the 720 minutes of the window
                metadata.sql("UPDATE task SET failing_since = failing_since - interval '13 hours' WHERE id = :id")
                        .param("id", UUID.fromString(task.id()))
                        .update();
                task.becomes("FAILED");
                assertThat(brokersAreAway(task).path("nextAttempt").isNull()).isTrue();
            } finally {
                Servers.kafka().start();
            }
            source.execute("DELETE FROM item WHERE id BETWEEN 20 AND 30");
            task.done("resume");
            task.arrives("public.item");
            task.becomes("RUNNING");
            assertThat(task.view().path("failure").isNull()).isTrue();
        }
    }

    private static JsonNode brokersAreAway(ServedTask task) {
        JsonNode failure = task.failure("DESTINATION_UNREACHABLE");
        assertThat(failure.path("remedy").asString()).contains("brokers");
        return failure;
    }

    /** It saves nothing while it copies, and so copied on from its own snapshot behind the changes of its successor. */
    @Test
    void aRunThatWasOvertakenStopsCopying() {
        Database source = table(Servers.postgres(15));
        source.execute(INSERT.formatted(101, 5_000));
        try (ServedTask task =
                new ServedTask(leat, source).connected(source, true).drafted()) {
            ServedTask.ok(leat.put(task.path("/throttle"), "{\"full\": {\"rowsPerSecond\": 20}}"));
            task.done("start");
            await().atMost(PATIENCE)
                    .until(() -> task.view().path("phase").asString("").equals("FULL"));
            UUID id = UUID.fromString(task.id());
            metadata.sql("UPDATE task SET generation = generation + 100 WHERE id = :id")
                    .param("id", id)
                    .update();
            long another = generation(id);
            await("the next run").atMost(PATIENCE).until(() -> generation(id) > another);
            ServedTask.ok(leat.put(task.path("/throttle"), "{}"));
            task.arrives("public.item");
        }
    }

    private long generation(UUID id) {
        return metadata.sql("SELECT generation FROM task WHERE id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    @Test
    void point17WalsenderTerminated() {
        Database source = table(Servers.postgres(15));
        try (ServedTask task = ServedTask.following(leat, source)) {
            source.execute(INSERT.formatted(101, 200));
            endReader(source);
            source.execute(INSERT.formatted(201, 300));
            await("the failure in the event log")
                    .atMost(PATIENCE)
                    .until(() -> !task.events("SOURCE_UNREACHABLE").isEmpty());
            JsonNode event = task.events("SOURCE_UNREACHABLE").getFirst();
            assertThat(event.path("message").asString()).contains(task.slot());
            assertThat(event.path("remedy").asString()).isNotBlank();
            assertThat(event.path("severity").asString()).isEqualTo("WARN");
            task.follows();
            task.arrives("public.item");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void point18ServerRestarted(boolean immediate) {
        PostgresServer server = Servers.postgres(15);
        Database source = table(server);
        try (ServedTask task = ServedTask.following(leat, source)) {
            try {
                source.execute(INSERT.formatted(101, 200));
                server.stop(immediate);
                task.becomes("RETRYING");
                await("a failed attempt that names the server")
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(task.failure("SOURCE_UNREACHABLE")
                                        .path("message")
                                        .asString())
                                .contains(source.host() + ":" + source.port()));
                JsonNode failure = task.failure("SOURCE_UNREACHABLE");
                assertThat(failure.path("remedy").asString()).contains("host and port");
                assertThat(failure.path("nextAttempt").asString()).isNotBlank();
                assertThat(failure.path("windowEnds").asString()).isNotBlank();
            } finally {
                server.start();
            }
            source.execute(INSERT.formatted(201, 300), "DELETE FROM item WHERE id < 5");
            task.becomes("RUNNING");
            task.arrives("public.item");
            assertThat(task.view().path("failure").isNull()).isTrue();
        }
    }

    /** What no second attempt can mend does not use the window up in a loop. */
    @Test
    void point25RightToSignInRevokedFailsAtOnce() {
        Database source = table(Servers.postgres(15));
        String role = "role_" + source.name();
        source.execute(
                "CREATE ROLE " + role + " LOGIN REPLICATION",
                "GRANT CREATE ON DATABASE " + source.name() + " TO " + role,
                "ALTER TABLE item OWNER TO " + role);
        try (ServedTask task = new ServedTask(leat, source)
                .connected(source.as(role, "any"), true)
                .started()) {
            task.follows();
            source.execute("ALTER ROLE " + role + " NOLOGIN", INSERT.formatted(101, 200));
            endReader(source);
            task.becomes("FAILED");
            JsonNode failure = task.failure("SOURCE_AUTHENTICATION");
            assertThat(failure.path("message").asString()).contains(role, source.name());
            assertThat(failure.path("remedy").asString()).contains("start or resume");
            assertThat(failure.path("nextAttempt").isNull()).isTrue();
            assertThat(task.events("SOURCE_AUTHENTICATION")).hasSize(1);

            source.execute("ALTER ROLE " + role + " LOGIN");
            task.done("resume");
            task.follows();
            task.arrives("public.item");
        } finally {
            Servers.postgres(15).admin().execute("DROP ROLE " + role);
        }
    }

    /** No state can be written meanwhile, so that none is: the run ends, and another goes on once it is back. */
    @Test
    void point30MetadataDatabaseDown() {
        Database source = table(Servers.postgres(15));
        try (ServedTask task = ServedTask.following(leat, source)) {
            String slot = task.slot();
            try {
                Servers.postgres(18).stop(true);
                source.execute(INSERT.formatted(101, 200));
                await("the end of the run")
                        .atMost(PATIENCE)
                        .until(() -> source.value(
                                        "SELECT active::text FROM pg_replication_slots WHERE slot_name = ?", slot)
                                .equals("false"));
                source.execute(INSERT.formatted(201, 300), "DELETE FROM item WHERE id < 5");
            } finally {
                Servers.postgres(18).start();
            }
            await("word of it in the event log")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(task.events("METADATA_UNAVAILABLE")).isNotEmpty());
            JsonNode event = task.events("METADATA_UNAVAILABLE").getFirst();
            assertThat(event.path("severity").asString()).isEqualTo("WARN");
            assertThat(event.path("message").asString()).contains("Metadata database");
            assertThat(event.path("remedy").asString()).contains("metadata database");
            task.follows();
            task.arrives("public.item");
            // a successor on the same node may find the slot busy for a moment
            await("a run without trouble")
                    .atMost(PATIENCE)
                    .until(() -> task.view().path("failure").isNull());
        }
    }

    /** A run counts as following a moment before it reads. */
    private static void endReader(Database source) {
        await("a reader to end")
                .atMost(PATIENCE)
                .until(() -> !source.query(
                                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                                        + " WHERE database = ? AND active",
                                source.name())
                        .isEmpty());
    }

    private static Database table(PostgresServer server) {
        Database source = server.newDatabase();
        source.execute("CREATE TABLE item (id bigint PRIMARY KEY, name text)", INSERT.formatted(1, 100));
        return source;
    }
}
