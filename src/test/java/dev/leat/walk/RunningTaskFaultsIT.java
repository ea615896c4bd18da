package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What goes wrong while a task runs is named with its object and a remedy, and nothing is lost where it goes on. */
@LeatServer
class RunningTaskFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String INSERT = "INSERT INTO item SELECT g, 'item ' || g FROM generate_series(%d, %d) g";

    @LocalServerPort
    private int port;

    private LeatClient leat;

    @BeforeEach
    void signIn() {
        leat = LeatClient.admin(port);
    }

    @Test
    void point14RecordTooLarge() {
        Database source = table(Servers.postgres(18));
        try (ServedTask task = ServedTask.following(leat, source)) {
            source.execute(INSERT.formatted(101, 110), "INSERT INTO item VALUES (777, repeat('x', 12000000))");
            task.becomes("FAILED");
            tooLarge(task, source);
            refused(task, "FAILED", "start", "pause", "precheck");

            source.execute("DELETE FROM item WHERE id = 777");
            task.done("resume");
            await("the second refusal")
                    .atMost(PATIENCE)
                    .until(() -> task.events("RECORD_TOO_LARGE").size() == 2);
            task.becomes("FAILED");
            tooLarge(task, source);
            task.arrives("public.item");
        }
    }

    private static void tooLarge(ServedTask task, Database source) {
        JsonNode failure = task.failure("RECORD_TOO_LARGE");
        assertThat(failure.path("message").asString())
                .contains("public.item", "12.0 MB", "10.5 MB limit of topic " + source.name() + ".public.item", "777");
        assertThat(failure.path("remedy").asString()).contains("max.message.bytes");
        assertThat(failure.path("nextAttempt").isNull()).isTrue();
    }

    @Test
    void point20SlotDropped() {
        Database source = table(Servers.postgres(18));
        try (ServedTask task = ServedTask.following(leat, source)) {
            String slot = task.slot();
            assertThat(task.done("pause")).isEqualTo("PAUSED");
            await("an idle slot").atMost(PATIENCE).ignoreExceptions().until(() -> {
                source.query("SELECT pg_drop_replication_slot(?)", slot);
                return true;
            });
            source.execute(INSERT.formatted(101, 200), "UPDATE item SET name = 'new' WHERE id <= 10");
            task.done("resume");
            task.becomes("FAILED");
            JsonNode failure = task.failure("SOURCE_SLOT_LOST");
            assertThat(failure.path("message").asString()).contains(slot, "does not exist");
            assertThat(failure.path("remedy").asString()).contains("restart the task");

            assertThat(task.done("restart")).isEqualTo("RUNNING");
            task.follows();
            source.execute(INSERT.formatted(201, 300));
            task.arrives("public.item");
            assertThat(task.slot()).isEqualTo(slot);
        }
    }

    @Test
    void steeringTwiceIsHarmlessAndSteeringWhereItMakesNoSenseIsRefused() {
        Database source = table(Servers.postgres(18));
        try (ServedTask task =
                new ServedTask(leat, source).connected(source, true).drafted()) {
            refused(task, "DRAFT", "pause", "resume", "restart");
            task.done("start");
            task.follows();
            assertThat(task.done("start")).isEqualTo("RUNNING");
            assertThat(task.done("resume")).isEqualTo("RUNNING");
            refused(task, "RUNNING", "precheck", "restart");
            assertThat(task.done("pause")).isEqualTo("PAUSED");
            assertThat(task.done("pause")).isEqualTo("PAUSED");
            refused(task, "PAUSED", "start", "precheck");
            source.execute(INSERT.formatted(101, 120));
            assertThat(task.done("resume")).isEqualTo("RUNNING");
            assertThat(task.done("resume")).isEqualTo("RUNNING");
            task.arrives("public.item");

            String slot = task.slot();
            assertThat(publications(source)).hasSize(1);
            assertThat(task.done("release")).isEqualTo("RELEASED");
            assertThat(task.done("release")).isEqualTo("RELEASED");
            await("cleanup")
                    .atMost(PATIENCE)
                    .until(() -> !task.events("RELEASED").isEmpty());
            assertThat(task.events("RELEASED").getFirst().path("message").asString())
                    .contains("Slot " + slot + " dropped", "publication " + slot + " dropped");
            assertThat(task.slot()).isEmpty();
            assertThat(publications(source)).isEmpty();
            refused(task, "RELEASED", "start", "precheck", "pause", "resume", "restart");
        }
    }

    @Test
    void limitsChangeWhileTheTaskRuns() {
        Database source = table(Servers.postgres(18));
        try (ServedTask task = ServedTask.following(leat, source)) {
            var answer = leat.put(task.path("/throttle"), "{\"incremental\": {\"rowsPerSecond\": 1}}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().path("incremental").path("rowsPerSecond").asInt())
                    .isEqualTo(1);
            source.execute(INSERT.formatted(101, 300));
            await("a delay")
                    .atMost(PATIENCE)
                    .until(() -> task.view().path("delaySeconds").asDouble() > 2);

            assertThat(leat.put(task.path("/throttle"), "{}").status()).isEqualTo(200);
            task.arrives("public.item");
            assertThat(task.events("LIMITS_CHANGED").getLast().path("message").asString())
                    .contains("by admin", "incremental phase 1 rows/s");

            var refused = leat.put(task.path("/throttle"), "{\"full\": {\"rowsPerSecond\": 0}}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("full.rowsPerSecond");
        }
    }

    private static List<?> publications(Database source) {
        return source.query("SELECT pubname FROM pg_publication");
    }

    private static void refused(ServedTask task, String state, String... operations) {
        for (String operation : operations) {
            var answer = task.ask(operation);
            assertThat(answer.status()).as(operation + " " + answer.text()).isEqualTo(409);
            assertThat(answer.json().path("state").asString()).isEqualTo(state);
            assertThat(answer.json().path("detail").asString()).contains("Cannot " + operation + " task", state);
            assertThat(answer.json().path("remedy").asString()).isNotBlank();
        }
    }

    @Test
    void metricsSpeakOfTheTaskUntilItIsReleased() {
        Database source = table(Servers.postgres(18));
        try (ServedTask task = ServedTask.following(leat, source)) {
            source.execute(INSERT.formatted(101, 105));
            await("metrics")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(metrics(task))
                            .anyMatch(line -> line.startsWith("leat_task_state{") && line.contains("state=\"RUNNING\""))
                            .anyMatch(line -> counts(line, "FULL", 100))
                            .anyMatch(line -> counts(line, "INCREMENTAL", 5))
                            .anyMatch(line -> line.startsWith("leat_task_delay_seconds{"))
                            .anyMatch(line -> line.startsWith("leat_task_lag_bytes{"))
                            .anyMatch(line -> line.startsWith("leat_task_dead_letter_records_total{"))
                            .anyMatch(line -> line.startsWith("leat_task_shortened_records_total{"))
                            .anyMatch(line -> line.startsWith("leat_task_wal_held_bytes{")));
            task.done("release");
            await("no metrics")
                    .atMost(PATIENCE)
                    .during(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(metrics(task)).isEmpty());
        }
    }

    private static boolean counts(String line, String phase, int rows) {
        return line.startsWith("leat_task_rows_total{")
                && line.contains("phase=\"" + phase + "\"")
                && Double.parseDouble(line.substring(line.lastIndexOf(' '))) == rows;
    }

    private List<String> metrics(ServedTask task) {
        var answer = leat.get("/actuator/prometheus");
        assertThat(answer.status()).isEqualTo(200);
        return answer.text()
                .lines()
                .filter(line -> line.contains("task_id=\"" + task.id() + "\""))
                .toList();
    }

    private static Database table(PostgresServer server) {
        Database source = server.newDatabase();
        source.execute("CREATE TABLE item (id bigint PRIMARY KEY, name text)", INSERT.formatted(1, 100));
        return source;
    }
}
