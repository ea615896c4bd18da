package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatClient.Answer;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Ports;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Endpoints and passwords change under tasks, which keep their position; what tasks leave behind is listed. */
@LeatServer
class EndpointsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String ORPHANS = "/api/v1/orphans";

    @LocalServerPort
    private int port;

    private LeatClient leat;
    private Database source;

    @BeforeEach
    void prepare() {
        leat = LeatClient.admin(port);
        source = Servers.postgres(18).newDatabase();
        source.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT g, 'item ' || g FROM generate_series(1, 100) g");
    }

    @Test
    void aTaskGoesOnAsAnotherRoleAndOverAnotherConnection() {
        String role = "role_" + source.name();
        source.execute("CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD 'first'");
        try (ServedTask task = ServedTask.following(leat, source)) {
            JsonNode before = task.view().path("checkpoint");

            ServedTask.ok(task.reconnect(source.as(role, "second")));
            readsAs(task, role);
            source.execute("INSERT INTO item VALUES (101, 'over the new endpoint')");
            assertThat(task.events("CONNECTION_CHANGED")
                            .getFirst()
                            .path("message")
                            .asString())
                    .contains("'" + source.name() + "' was changed");
            Database away = new Database(source.host(), Ports.free(), source.name(), source.user(), "");
            ServedTask.ok(task.reconnect(away));
            task.becomes("RETRYING");
            assertThat(task.failure("SOURCE_UNREACHABLE").path("message").asString())
                    .contains(Integer.toString(away.port()));

            String second = source.name() + "-2";
            ServedTask.ok(leat.post(
                    "/api/v1/connections", """
                    {"name": "%s", "kind": "POSTGRESQL", "host": "localhost", "port": %d, "database": "%s",
                     "user": "%s", "password": "", "sslMode": "disable"}
                    """.formatted(second, source.port(), source.name(), source.user())));
            ServedTask.ok(leat.put(task.path("/connections"), "{\"source\": \"" + second + "\"}"));
            readsAs(task, source.user());
            source.execute("INSERT INTO item VALUES (102, 'over the other connection')");
            task.arrives("public.item");
            assertThat(task.view().path("source").asString()).isEqualTo(second);
            task.becomes("RUNNING");
            assertThat(task.view().path("checkpoint").path("commitLsn").asString())
                    .isNotEqualTo(before.path("commitLsn").asString());
        } finally {
            Servers.postgres(18).admin().execute("DROP ROLE " + role);
        }
    }

    private void readsAs(ServedTask task, String role) {
        await("a walsender of " + role)
                .atMost(PATIENCE)
                .until(() -> !source.query(
                                "SELECT 1 FROM pg_stat_replication WHERE application_name = ? AND usename = ?",
                                "leat-" + task.id(),
                                role)
                        .isEmpty());
    }

    @Test
    void anotherSourceIsRefusedBeforeThePositionIsLost() {
        Database other = Servers.postgres(15).newDatabase();
        Database sibling = Servers.postgres(18).newDatabase();
        try (ServedTask task = ServedTask.following(leat, source)) {
            Database elsewhere =
                    new Database(other.host(), other.port(), source.name(), other.user(), other.password());
            other.execute("CREATE DATABASE " + source.name());
            refused(task.reconnect(elsewhere), "another cluster", source.name());
            refused(task.reconnect(sibling), "to the database '" + sibling.name() + "'", source.name());

            ServedTask.ok(leat.post("/api/v1/connections", """
                    {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%s", "user": "%s",
                     "password": "", "sslMode": "disable"}
                    """.formatted(
                            other.name(), other.host(), other.port(), source.name(), other.user())));
            refused(
                    leat.put(task.path("/connections"), "{\"source\": \"" + other.name() + "\"}"),
                    "another cluster",
                    source.name());

            source.execute("INSERT INTO item VALUES (101, 'goes on')");
            task.arrives("public.item");
            assertThat(task.events("CONNECTION_CHANGED")).isEmpty();
            elsewhere.drop();
        } finally {
            other.drop();
            sibling.drop();
        }
    }

    private static void refused(Answer answer, String what, String task) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:leat:problem:connection-other-source");
        assertThat(answer.json().path("detail").asString()).contains(what, "task '" + task + "'");
        assertThat(answer.json().path("remedy").asString()).isNotBlank();
    }

    @Test
    void whatCouldNotBeDroppedIsListedUntilItIs() {
        ServedTask task = ServedTask.following(leat, source);
        String slot = task.slot();
        assertThat(slotAt(slot).path("taskId").asString()).isEqualTo(task.id());
        task.done("pause");
        Database away = new Database(source.host(), Ports.free(), source.name(), source.user(), source.password());
        ServedTask.ok(task.reconnect(away));
        task.done("release");
        await("an orphan").atMost(PATIENCE).until(() -> !orphan(slot).isMissingNode());
        JsonNode orphan = orphan(slot);
        assertThat(orphan.path("connection").asString()).isEqualTo(source.name());
        assertThat(orphan.path("publication").asString()).isEqualTo(slot);
        assertThat(orphan.path("taskId").asString()).isEqualTo(task.id());
        assertThat(orphan.path("reason").asString()).contains("refused");
        assertThat(orphan.path("sql").toString()).contains("pg_drop_replication_slot", slot, "DROP PUBLICATION");
        assertThat(leat.delete("/api/v1/connections/" + source.name()).status()).isEqualTo(409);

        ServedTask.ok(task.reconnect(source));
        assertThat(slotAt(slot).path("taskId").isNull()).isTrue();
        assertThat(slotAt(slot).path("sql").asString()).contains(slot);
        ServedTask.ok(leat.post(ORPHANS + "/" + orphan.path("id").asLong() + "/drop", ""));
        await("the orphan's end").atMost(PATIENCE).until(() -> orphan(slot).isMissingNode());
        assertThat(task.slot()).isEmpty();
        assertThat(source.query("SELECT 1 FROM pg_publication")).isEmpty();
        assertThat(leat.get(ORPHANS + "/" + orphan.path("id").asLong()).status())
                .isEqualTo(404);
        assertThat(leat.delete("/api/v1/connections/" + source.name()).status()).isEqualTo(204);
        task.close();
    }

    private JsonNode orphan(String slot) {
        return find(ServedTask.ok(leat.get(ORPHANS)), "slot", slot);
    }

    private JsonNode slotAt(String slot) {
        return find(ServedTask.ok(leat.get("/api/v1/connections/" + source.name() + "/slots")), "name", slot);
    }

    private static JsonNode find(JsonNode page, String field, String value) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(item -> item.path(field).asString("").equals(value))
                .findFirst()
                .orElseGet(() -> page.path("none"));
    }
}
