package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatClient.Answer;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A task calls for a person where its user wants it to, once, and says when that is over. */
@LeatServer
class AlertsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

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
    void aDelayThatLastsAndAFailureAreToldOnceAndOver() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute("CREATE TABLE item (id bigint PRIMARY KEY, name text)");
        try (ServedTask task = new ServedTask(leat, source)
                .alerting("{\"delaySeconds\": 600}")
                .connected(source, true)
                .started()) {
            task.follows();
            theThresholdChangesUnderTheSameRun(task);
            theDelayIsTold(task, source);
            theFailureIsTold(task, source);
        }
    }

    @Test
    void theDescriptionOfTheApiKnowsAlerts() {
        JsonNode api = ServedTask.ok(leat.get("/v3/api-docs"));
        JsonNode schemas = api.path("components").path("schemas");
        assertThat(api.path("paths").has("/api/v1/alerts")).isTrue();
        assertThat(schemas.path("WatchedView").path("properties").propertyNames())
                .contains("alerts", "delaySeconds");
        assertThat(schemas.path("AlertSettings").path("properties").propertyNames())
                .contains("onFailure", "delaySeconds", "fullHours", "walGigabytes", "contacts");
        assertThat(leat.get("/api/v1/alerts?cursor=abc").status()).isEqualTo(422);
        assertThat(LeatClient.anonymous(port).get("/api/v1/alerts").status()).isEqualTo(401);
    }

    private void theThresholdChangesUnderTheSameRun(ServedTask task) {
        JsonNode changed = ServedTask.ok(
                leat.put(task.path(""), task.alerting("{\"delaySeconds\": 2}").definition()));
        assertThat(changed.path("changes").toString()).isEqualTo("[\"alerts.delaySeconds: 600 → 2\"]");
        beginsNoRunAnew(task);
        Answer contacts =
                leat.put(task.path(""), task.definition().replace("\"delaySeconds\": 2", "\"contacts\": [\"ops\"]"));
        assertThat(contacts.status()).isEqualTo(422);
        assertThat(contacts.text()).contains("alerts.contacts", "There are no contacts in this version.");
    }

    private void beginsNoRunAnew(ServedTask task) {
        assertThat(metadata.sql("SELECT refreshes FROM task WHERE id = :id")
                        .param("id", UUID.fromString(task.id()))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void theDelayIsTold(ServedTask task, Database source) {
        String slow = "\"throttle\": {\"incremental\": {\"rowsPerSecond\": 1}}, \"alerts\"";
        ServedTask.ok(leat.put(task.path(""), task.definition().replace("\"alerts\"", slow)));
        beginsNoRunAnew(task);
        source.execute("INSERT INTO item SELECT g, 'item ' || g FROM generate_series(1, 500) g");
        JsonNode open = opened(task, "DELAY");
        assertThat(open.path("severity").asString()).isEqualTo("WARN");
        assertThat(open.path("message").asString())
                .contains(source.name(), "more than the 2 s that alerts.delaySeconds allows");
        JsonNode event = task.events("ALERT_OPENED").getFirst();
        assertThat(event.path("message")).isEqualTo(open.path("message"));
        assertThat(event.path("remedy").asString()).contains("throttle");
        await("the metric")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(leat.get("/actuator/prometheus").text())
                        .contains("leat_task_alerts_opened_total{rule=\"DELAY\"}")
                        .containsPattern(
                                "leat_task_alerts_open\\{rule=\"DELAY\",task=\"" + source.name() + "\"[^}]*} 1"));

        ServedTask.ok(leat.put(task.path("/throttle"), "{}"));
        closed(task);
        assertThat(task.events("ALERT_CLOSED").getFirst().path("message").asString())
                .startsWith("Alert DELAY is over: the delay is ");
        assertThat(task.events("ALERT_OPENED")).as("told once").hasSize(1);
    }

    private void theFailureIsTold(ServedTask task, Database source) {
        task.done("pause");
        String slot = task.slot();
        await("the slot is free")
                .atMost(PATIENCE)
                .until(() -> source.value("SELECT active FROM pg_replication_slots WHERE slot_name = ?", slot)
                        .equals("false"));
        source.query("SELECT pg_drop_replication_slot(?)", slot);
        task.done("resume");
        task.becomes("FAILED");
        JsonNode open = opened(task, "FAILURE");
        assertThat(open.path("message").asString()).contains("waits for a person", slot);
        assertThat(open.path("remedy")).isEqualTo(task.view().path("failure").path("remedy"));

        JsonNode first = ServedTask.ok(leat.get("/api/v1/alerts?limit=1&task=" + task.id()));
        assertThat(first.path("items").get(0).path("closedAt").isNull()).isTrue();
        JsonNode second = ServedTask.ok(leat.get("/api/v1/alerts?limit=1&task=" + task.id() + "&cursor="
                + first.path("next").asString()));
        assertThat(second.path("items").get(0).path("rule").asString()).isEqualTo("DELAY");
        assertThat(second.path("items").get(0).path("closedAt").asString()).isNotBlank();
        assertThat(second.path("next").isNull()).isTrue();

        task.done("restart");
        closed(task);
    }

    private JsonNode opened(ServedTask task, String rule) {
        await(rule + " opens")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(task.view().path("alerts"))
                        .as(() -> leat.get(task.path("")).text())
                        .anySatisfy(alert ->
                                assertThat(alert.path("rule").asString()).isEqualTo(rule)));
        return task.view().path("alerts").get(0);
    }

    private void closed(ServedTask task) {
        await("all is over")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(task.view().path("alerts")).isEmpty());
        assertThat(ServedTask.ok(leat.get("/api/v1/alerts?open=true&task=" + task.id()))
                        .path("items"))
                .isEmpty();
    }
}
