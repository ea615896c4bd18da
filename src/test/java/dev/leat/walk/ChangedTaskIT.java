package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatClient.Answer;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A task is changed over REST while it runs: what is sensible is taken up from its position, the rest is refused. */
@LeatServer
class ChangedTaskIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    private LeatClient leat;

    @BeforeEach
    void signIn() {
        leat = LeatClient.admin(port);
    }

    private static Database source() {
        Database source = Servers.postgres(18).newDatabase();
        for (String table : new String[] {"item", "extra"}) {
            source.execute(
                    "CREATE TABLE " + table + " (id int PRIMARY KEY, name text)",
                    "INSERT INTO " + table + " SELECT g, 'first ' || g FROM generate_series(1, 100) g");
        }
        return source;
    }

    private Optional<JsonNode> table(ServedTask task, String name) {
        return StreamSupport.stream(
                        ServedTask.ok(leat.get(task.path("/tables")))
                                .path("items")
                                .spliterator(),
                        false)
                .filter(table -> table.path("table").asString().equals(name))
                .findFirst();
    }

    private JsonNode tableBecomes(ServedTask task, String name, String state) {
        await(name + " " + state)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(table(task, name)
                                .map(table -> table.path("state").asString()))
                        .contains(state));
        return table(task, name).orElseThrow();
    }

    @Test
    void aTableJoinsAndLeavesWhileTheOthersGoOn() {
        Database source = source();
        try (ServedTask task = new ServedTask(leat, source)
                .connected(source, true)
                .over("item")
                .started()) {
            task.follows();
            task.over("item", "extra");
            JsonNode changed = ServedTask.ok(leat.put(task.path(""), task.definition()));
            assertThat(changed.path("state").asString()).isEqualTo("RUNNING");
            assertThat(changed.path("changes").toString()).contains("objects.include[public.extra]");
            tableBecomes(task, "extra", "FOLLOWING");
            source.execute(
                    "UPDATE extra SET name = 'second' WHERE id < 10", "UPDATE item SET name = 'second' WHERE id < 10");
            task.arrives("public.extra");
            task.arrives("public.item");
            assertThat(task.events("TABLE_JOINED")).hasSize(1);

            task.over("item");
            ServedTask.ok(leat.put(task.path(""), task.definition()));
            await("extra leaves")
                    .atMost(PATIENCE)
                    .until(() -> table(task, "extra").isEmpty());
            source.execute("UPDATE item SET name = 'third' WHERE id < 10");
            task.arrives("public.item");
            assertThat(task.state()).isEqualTo("RUNNING");

            JsonNode revisions =
                    ServedTask.ok(leat.get(task.path("/revisions"))).path("items");
            assertThat(revisions).hasSize(3);
            assertThat(revisions.get(0).path("revision").asInt()).isEqualTo(3);
            assertThat(revisions.get(0).path("changedBy").asString()).isEqualTo("admin");
            assertThat(revisions.get(0).path("changes").toString()).contains("public.extra", "nothing");
        }
    }

    @Test
    void aFilterHoldsFromTheTasksPositionOn() {
        Database source = source();
        try (ServedTask task = new ServedTask(leat, source)
                .connected(source, true)
                .over("item")
                .started()) {
            task.follows();
            String filtered = task.definition()
                    .replace("\"table\": \"item\"", "\"table\": \"item\", \"filter\": \"name <> 'out'\"");
            Answer refused = leat.put(task.path(""), filtered);
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.text()).contains("ROW_FILTER", "REPLICA IDENTITY FULL");
            assertThat(task.state()).isEqualTo("RUNNING");

            source.execute("ALTER TABLE item REPLICA IDENTITY FULL");
            ServedTask.ok(leat.put(task.path(""), filtered));
            await("the new definition")
                    .atMost(PATIENCE)
                    .until(() -> task.events("PHASE_STARTED").size() >= 5);
            task.follows();
            source.execute("INSERT INTO item VALUES (5000, 'out'), (500, 'in')", "DELETE FROM item WHERE id = 5000");
            task.arrives("public.item");
        }
    }

    @Test
    void whatThePositionHangsOnAndWhatDoesNotExistAreRefused() {
        Database source = source();
        try (ServedTask task = new ServedTask(leat, source)
                .connected(source, true)
                .over("item")
                .started()) {
            task.follows();
            String elsewhere = task.definition().replace("\"slotCare\"", "\"slot\": \"other\", \"slotCare\"");
            Answer slot = leat.put(task.path(""), elsewhere);
            assertThat(slot.status()).as(slot.text()).isEqualTo(422);
            assertThat(slot.text()).contains("source.slot", "position");
            task.over("item", "ghost");
            Answer ghost = leat.put(task.path(""), task.definition());
            assertThat(ghost.status()).as(ghost.text()).isEqualTo(422);
            assertThat(ghost.text()).contains("public.ghost", "No table of that name");
            source.execute("UPDATE item SET name = 'second' WHERE id < 10");
            task.arrives("public.item");
            assertThat(task.state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void aCloneIsADraftOfItsOwn() {
        Database source = source();
        try (ServedTask task = new ServedTask(leat, source)
                .connected(source, true)
                .over("item")
                .drafted()) {
            JsonNode copy = ServedTask.ok(leat.post(task.path("/clone"), ""));
            assertThat(copy.path("state").asString()).isEqualTo("DRAFT");
            assertThat(copy.path("name").asString()).isEqualTo(source.name() + " (copy)");
            String id = copy.path("id").asString();
            assertThat(id).isNotEqualTo(task.id());
            assertThat(ServedTask.ok(leat.get("/api/v1/tasks/" + id + "/definition"))
                            .path("objects")
                            .toString())
                    .contains("item");
            ServedTask.ok(leat.post("/api/v1/tasks/" + id + "/release", ""));
        }
    }

    @Test
    void aTableThatIsSetAsideShowsWhyAndComesBackByOneCall() {
        Database source = source();
        try (ServedTask task = new ServedTask(leat, source)
                .settingAside()
                .connected(source, true)
                .started()) {
            task.follows();
            source.execute(
                    "INSERT INTO item VALUES (777, repeat('x', 12000000))", "INSERT INTO extra VALUES (777, 'fine')");
            task.arrives("public.extra");
            JsonNode aside = tableBecomes(task, "item", "SET_ASIDE");
            assertThat(aside.path("reason").asString()).contains("public.item", "12.0 MB", "777");
            assertThat(aside.path("remedy").asString()).contains("max.message.bytes");
            await("the metric")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    leat.get("/actuator/prometheus").text())
                            .contains("leat_task_transitions_total{from=\"PRECHECKING\",to=\"RUNNING\"}")
                            .containsPattern("leat_task_tables_set_aside\\{task=\"" + source.name() + "\"[^}]*} 1"));
            JsonNode event = task.events("TABLE_SET_ASIDE").getFirst();
            assertThat(event.path("severity").asString()).isEqualTo("WARN");
            assertThat(event.path("remedy").asString()).contains("esync");

            source.execute("DELETE FROM item WHERE id = 777", "UPDATE item SET name = 'second' WHERE id < 10");
            Answer unknown = leat.post(task.path("/tables/public.ghost/resync"), "");
            assertThat(unknown.status()).isEqualTo(404);
            ServedTask.ok(leat.post(task.path("/tables/public.item/resync"), ""));
            JsonNode back = tableBecomes(task, "item", "FOLLOWING");
            assertThat(back.path("reason").isNull()).isTrue();
            task.arrives("public.item");
            assertThat(task.state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void aTableWhoseTopicTakesNothingDoesNotStopTheOthers() throws Exception {
        Database source = source();
        String topic = source.name() + ".public.extra";
        Servers.kafka().createTopic(source.name() + ".public.item", 1);
        Servers.kafka().createTopic(topic, 1);
        try (ServedTask task = new ServedTask(leat, source)
                        .settingAside()
                        .connected(source, false)
                        .started();
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrap()))) {
            task.follows();
            limit(admin, topic, 10_000);
            source.execute(
                    "INSERT INTO extra SELECT 777, string_agg(md5(g::text), '') FROM generate_series(1, 2000) g",
                    "INSERT INTO item VALUES (777, 'fine')");
            tableBecomes(task, "extra", "SET_ASIDE");
            task.follows();
            task.arrives("public.item");
            limit(admin, topic, 1_000_000);
            ServedTask.ok(leat.post(task.path("/tables/public.extra/resync"), ""));
            tableBecomes(task, "extra", "FOLLOWING");
            task.arrives("public.extra");

            ServedTask.ok(leat.post(task.path("/pause"), ""));
            admin.deleteTopics(List.of(topic)).all().get();
            ServedTask.ok(leat.post(task.path("/resume"), ""));
            JsonNode aside = tableBecomes(task, "extra", "SET_ASIDE");
            assertThat(aside.path("reason").asString()).contains("Topic " + topic + ": does not exist");
            assertThat(aside.path("remedy").asString()).contains("Create the topic", "resync");
            source.execute("INSERT INTO item VALUES (778, 'fine')");
            task.arrives("public.item");
            Servers.kafka().createTopic(topic, 1);
            ServedTask.ok(leat.post(task.path("/tables/public.extra/resync"), ""));
            tableBecomes(task, "extra", "FOLLOWING");
            task.arrives("public.extra");
        }
    }

    private static void limit(Admin admin, String topic, int bytes) throws Exception {
        ConfigEntry limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
