package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** WAL that a source keeps for a task is told of well before it is too much, and the task's policy is followed. */
@LeatServer
class WalBudgetIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String CARE = "{\"walBudgetGigabytes\": 0.05, \"atWalBudget\": \"%s\"}";

    /** Of a megabyte, in another database: what a busy neighbour does. */
    private static final String WAL =
            "SELECT pg_logical_emit_message(false, 'noise', repeat('x', 1000000)) FROM generate_series(1, %d)";

    @LocalServerPort
    private int port;

    private LeatClient leat;

    @BeforeEach
    void signIn() {
        leat = LeatClient.admin(port);
    }

    /** Before 13 the server has no limit of its own. */
    @Test
    void aPausedTaskIsToldOfItsWalAndTheSlotIsDroppedAtTheBudget() {
        Database source = table(12);
        try (ServedTask task = following(source, "DROP_SLOT")) {
            task.done("pause");
            noise(source, 30);
            await("half of the budget")
                    .atMost(PATIENCE)
                    .until(() -> task.events("WAL_HELD").size() == 1);
            JsonNode half = task.events("WAL_HELD").getFirst();
            assertThat(half.path("severity").asString()).isEqualTo("WARN");
            assertThat(half.path("message").asString())
                    .contains(task.slot(), "of the 50.0 MB that source.slotCare.walBudgetGigabytes allows");
            assertThat(half.path("remedy").asString()).contains("the slot is dropped");
            JsonNode slot = task.view().path("slot");
            assertThat(slot.path("percent").asInt()).isBetween(50, 79);
            assertThat(slot.path("walHeldBytes").asLong()).isBetween(25_000_000L, 40_000_000L);
            assertThat(slot.path("walLimitBytes").asLong()).isEqualTo(50_000_000);
            assertThat(slot.path("growthBytesPerSecond").asDouble()).isPositive();
            assertThat(slot.path("fullAt").asString()).isNotBlank();
            assertThat(task.view().path("walHeldBytes").asLong())
                    .isEqualTo(slot.path("walHeldBytes").asLong());
            metric(task, "leat_task_wal_limit_bytes", "5.0E7");

            noise(source, 30);
            await("the slot's end").atMost(PATIENCE).until(() -> task.slot().isEmpty());
            assertThat(task.events("WAL_HELD").getFirst().path("severity").asString())
                    .isEqualTo("ERROR");
            assertThat(task.events("SLOT_DROPPED")).hasSize(1);
            assertThat(task.state()).isEqualTo("PAUSED");

            task.done("resume");
            task.becomes("FAILED");
            assertThat(task.failure("SOURCE_SLOT_LOST").path("message").asString())
                    .contains("does not exist any more");
            task.done("restart");
            task.follows();
            source.execute("INSERT INTO item VALUES (200, 'after the restart')");
            task.arrives("public.item");
        }
    }

    @Test
    void aRunningTaskPausesAtTheBudgetAndGoesOnWhenItIsResumed() throws SQLException {
        Database source = table(18);
        try (ServedTask task = following(source, "PAUSE");
                Connection holder = source.connect()) {
            // as long as it is open, the source keeps all WAL from here on, though everything is delivered
            holder.setAutoCommit(false);
            holder.createStatement().execute("INSERT INTO item VALUES (300, 'open')");
            noise(source, 60);
            task.becomes("PAUSED");
            JsonNode failure = task.failure("SOURCE_WAL_LIMIT");
            assertThat(failure.path("message").asString()).contains(task.slot(), "was paused, as its policy says");
            assertThat(failure.path("remedy").asString()).contains("frees no WAL");
            holder.commit();

            task.done("resume");
            task.arrives("public.item");
            assertThat(task.state()).isEqualTo("RUNNING");
            assertThat(task.view().path("failure").isNull()).isTrue();
            // a look may come by while it is written, and tell of an earlier share
            assertThat(task.events("WAL_HELD").stream()
                            .filter(event -> event.path("severity").asString().equals("ERROR")))
                    .as("told once")
                    .hasSize(1);
        }
    }

    @Test
    void aRunningTaskFailsAtTheBudgetAndItsSlotIsDropped() throws SQLException {
        Database source = table(18);
        try (ServedTask task = following(source, "DROP_SLOT");
                Connection holder = source.connect()) {
            String slot = task.slot();
            holder.setAutoCommit(false);
            holder.createStatement().execute("INSERT INTO item VALUES (300, 'open')");
            noise(source, 60);
            task.becomes("FAILED");
            JsonNode failure = task.failure("SOURCE_SLOT_LOST");
            assertThat(failure.path("message").asString()).contains(slot, "it is dropped, as the task's policy says");
            assertThat(failure.path("remedy").asString()).contains("restart the task");
            await("the slot's end").atMost(PATIENCE).until(() -> task.slot().isEmpty());
            holder.commit();
        }
    }

    private ServedTask following(Database source, String policy) {
        ServedTask task = new ServedTask(leat, source)
                .connected(source, true)
                .caring(CARE.formatted(policy))
                .started();
        task.follows();
        task.arrives("public.item");
        return task;
    }

    private void metric(ServedTask task, String name, String value) {
        await(name)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(leat.get("/actuator/prometheus").text().lines())
                                .anySatisfy(line -> assertThat(line)
                                        .startsWith(name + "{")
                                        .contains(task.id())
                                        .endsWith(" " + value)));
    }

    private static void noise(Database source, int megabytes) {
        new Database(source.host(), source.port(), "postgres", source.user(), source.password())
                .query(WAL.formatted(megabytes));
    }

    private static Database table(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT g, 'item ' || g FROM generate_series(1, 100) g");
        return source;
    }
}
