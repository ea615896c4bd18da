package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatClient.Answer;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A task of a served Leat over a source database of its own, made, steered and watched over REST. */
final class ServedTask implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LeatClient leat;
    private final Database source;
    private final Walk walk;
    private final String kafka = "kafka-" + UUID.randomUUID();
    private String objects = "";
    private String onTableFailure = "STOP";
    private String slotCare = "{}";
    private String alerts = "{}";
    private String id = "";

    /** Registers no connection yet. */
    ServedTask(LeatClient leat, Database source) {
        this.leat = leat;
        this.source = source;
        this.walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class));
    }

    /** A task over some tables, which runs and follows the log. */
    static ServedTask following(LeatClient leat, Database source) {
        ServedTask task = new ServedTask(leat, source).connected(source, true).started();
        task.follows();
        return task;
    }

    /** Registers both ends; the source as some role sees it. */
    ServedTask connected(Database as, boolean createTopics) {
        registerSource(as);
        registerKafka(Servers.kafka(), createTopics);
        return this;
    }

    private void registerSource(Database as) {
        ok(leat.post("/api/v1/connections", connection(as)));
    }

    private String connection(Database as) {
        return """
                {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%s", "user": "%s",
                 "password": "%s", "sslMode": "disable"}
                """.formatted(source.name(), as.host(), as.port(), as.name(), as.user(), as.password());
    }

    private void registerKafka(KafkaServer server, boolean createTopics) {
        ok(leat.post("/api/v1/connections", """
                        {"name": "%s", "kind": "KAFKA", "bootstrapServers": "%s", "security": "PLAINTEXT",
                         "createTopics": %s}
                        """.formatted(kafka, server.bootstrap(), createTopics)));
    }

    /** Names tables of the schema public one by one; without, the whole database is selected. */
    ServedTask over(String... tables) {
        objects = List.of(tables).stream()
                .map("{\"schema\": \"public\", \"table\": \"%s\"}"::formatted)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return this;
    }

    /** Tables that fail are set aside. */
    ServedTask settingAside() {
        onTableFailure = "SET_ASIDE";
        return this;
    }

    /** Looks after its slot in some way, given as JSON. */
    ServedTask caring(String care) {
        slotCare = care;
        return this;
    }

    /** Calls for a person in some cases, given as JSON. */
    ServedTask alerting(String when) {
        alerts = when;
        return this;
    }

    String definition() {
        return """
                {"name": "%s", "source": {"connection": "%s", "slotCare": %s}, "destination": {"connection": "%s"},
                 "onTableFailure": "%s", "alerts": %s, "objects": {"include": [%s]}}
                """.formatted(source.name(), source.name(), slotCare, kafka, onTableFailure, alerts, objects);
    }

    /** Lets the source's connection lead elsewhere, or sign in as another role. */
    Answer reconnect(Database as) {
        return leat.put("/api/v1/connections/" + source.name(), connection(as));
    }

    ServedTask drafted() {
        id = ok(leat.post("/api/v1/tasks", definition())).path("id").asString();
        return this;
    }

    ServedTask started() {
        id = ok(leat.post("/api/v1/tasks?start=true", definition())).path("id").asString();
        return this;
    }

    String id() {
        return id;
    }

    String path(String rest) {
        return "/api/v1/tasks/" + id + rest;
    }

    /** An operation such as {@code pause}. */
    Answer ask(String operation) {
        return leat.post(path("/" + operation), "");
    }

    /** An operation that is accepted; the state that it led to. */
    String done(String operation) {
        return ok(ask(operation)).path("state").asString();
    }

    JsonNode view() {
        return ok(leat.get(path("")));
    }

    String state() {
        return view().path("state").asString();
    }

    void becomes(String state) {
        await("state " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(view().path("state").asString())
                        .as(() -> view() + " " + leat.get(path("/events")).text())
                        .isEqualTo(state));
    }

    void follows() {
        becomes("RUNNING");
        await("incremental phase")
                .atMost(PATIENCE)
                .until(() -> view().path("phase").asString("").equals("INCREMENTAL"));
    }

    /** The topic's records, applied in order, are the table. */
    void arrives(String table) {
        await("all of " + table)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(walk.folded(table)).isEqualTo(walk.table(table, "id")));
    }

    /** An item of the last precheck. */
    JsonNode item(String name) {
        return items(path("/precheck")).stream()
                .filter(item -> item.path("item").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What a precheck item found about a place; the event log must say the same. */
    JsonNode finding(String item, String place) {
        JsonNode finding = StreamSupport.stream(item(item).path("findings").spliterator(), false)
                .filter(found -> found.path("place").asString().equals(place))
                .findFirst()
                .orElseThrow(() -> new AssertionError(item(item)));
        assertThat(events(item)).anySatisfy(event -> {
            assertThat(event.path("message").asString())
                    .startsWith(place)
                    .contains(finding.path("message").asString());
            assertThat(event.path("remedy").asString())
                    .isEqualTo(finding.path("remedy").asString());
        });
        return finding;
    }

    /** The failure that the task shows; the event log must say the same. */
    JsonNode failure(String kind) {
        JsonNode failure = view().path("failure");
        assertThat(failure.path("kind").asString("")).as(failure.toString()).isEqualTo(kind);
        assertThat(events(kind)).anySatisfy(event -> {
            assertThat(event.path("message").asString())
                    .isEqualTo(failure.path("message").asString());
            assertThat(event.path("remedy").asString())
                    .isEqualTo(failure.path("remedy").asString());
        });
        return failure;
    }

    /** Lines of the event log of a kind, newest first. */
    List<JsonNode> events(String kind) {
        return items(path("/events?limit=100")).stream()
                .filter(event -> event.path("kind").asString().equals(kind))
                .toList();
    }

    /** Name of the slot at the source; empty when there is none. */
    String slot() {
        return source.query("SELECT slot_name FROM pg_replication_slots WHERE database = ?", source.name()).stream()
                .map(row -> String.valueOf(row.get("slot_name")))
                .findFirst()
                .orElse("");
    }

    private List<JsonNode> items(String path) {
        return StreamSupport.stream(ok(leat.get(path)).path("items").spliterator(), false)
                .toList();
    }

    static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer.json();
    }

    @Override
    public void close() {
        if (!id.isEmpty()) {
            ask("release");
            await("the slot's end")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(slot())
                            .as(() -> leat.get(path("/events")).text())
                            .isEmpty());
        }
        walk.close();
    }
}
