package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Ports;
import dev.leat.fixture.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What is wrong before a task runs is named with its object and a remedy, over REST and in the event log. */
@LeatServer
class TaskFaultsIT {

    private static final String TABLE = "CREATE TABLE item (id bigint PRIMARY KEY, name text)";
    private static final String ROWS = "INSERT INTO item SELECT g, 'item ' || g FROM generate_series(1, 100) g";

    @LocalServerPort
    private int port;

    private LeatClient leat;
    private Database source;

    @BeforeEach
    void prepare() {
        leat = LeatClient.admin(port);
        source = Servers.postgres(18).newDatabase();
        source.execute(TABLE, ROWS);
    }

    @Test
    void anUnknownTableIsNamed() {
        try (ServedTask task = new ServedTask(leat, source)
                .connected(source, true)
                .over("item", "nowhere")
                .started()) {
            task.becomes("PRECHECK_FAILED");
            JsonNode finding = task.finding("TABLES_EXIST", "public.nowhere");
            assertThat(finding.path("severity").asString()).isEqualTo("ERROR");
            assertThat(finding.path("remedy").asString()).contains("Correct the name");

            ServedTask.ok(leat.put(task.path(""), task.over("item").definition()));
            task.done("start");
            task.follows();
            task.arrives("public.item");
        }
    }

    @Test
    void aWrongPasswordIsNamedAndNeverShown() throws IOException {
        String role = "role_" + source.name();
        source.execute("CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'right-one'");
        Path hba = Path.of(source.value("SHOW hba_file"));
        String before = Files.readString(hba);
        try (ServedTask task = new ServedTask(leat, source)) {
            Files.writeString(hba, "host all " + role + " 127.0.0.1/32 scram-sha-256\n" + before);
            source.query("SELECT pg_reload_conf()");
            task.connected(source.as(role, "wrong-5ecret"), true);
            JsonNode step = failedStep(source.name());
            assertThat(step.path("step").asString()).isEqualTo("SIGN_IN");
            assertThat(step.path("message").asString()).contains(role);
            assertThat(step.path("remedy").asString()).contains("password");

            task.started().becomes("PRECHECK_FAILED");
            JsonNode finding = task.finding("SOURCE_CONNECTION", address(source.port()));
            assertThat(finding.path("message").asString()).contains(role, "password authentication failed");
            assertThat(finding.path("remedy").asString()).contains("password", "start or resume");
            assertThat(leat.get(task.path("/events")).text()
                            + leat.get(task.path("/precheck")).text())
                    .doesNotContain("wrong-5ecret");
        } finally {
            Files.writeString(hba, before);
            Servers.postgres(18).admin().execute("SELECT pg_reload_conf()", "DROP ROLE " + role);
        }
    }

    @Test
    void aClosedPortIsNamed() {
        int closed = Ports.free();
        Database nobody = new Database(source.host(), closed, source.name(), source.user(), source.password());
        try (ServedTask task = new ServedTask(leat, source).connected(nobody, true)) {
            JsonNode step = failedStep(source.name());
            assertThat(step.path("step").asString()).isEqualTo("CONNECT");
            assertThat(step.path("message").asString()).contains(Integer.toString(closed));
            assertThat(step.path("remedy").asString()).isNotBlank();

            task.started().becomes("PRECHECK_FAILED");
            JsonNode finding = task.finding("SOURCE_CONNECTION", address(closed));
            assertThat(finding.path("message").asString()).containsIgnoringCase("refused");
            assertThat(finding.path("remedy").asString()).contains("host and port");
        }
    }

    @Test
    void aMissingTopicIsNamedWithTheCommandThatCreatesIt() {
        try (ServedTask task =
                new ServedTask(leat, source).connected(source, false).started()) {
            String topic = source.name() + ".public.item";
            task.becomes("PRECHECK_FAILED");
            JsonNode finding = task.finding("TOPICS_EXIST", "topic " + topic);
            assertThat(finding.path("remedy").asString())
                    .contains("kafka-topics.sh", "--create --topic '" + topic + "'");

            Servers.kafka().createTopic(topic, 2, Map.of("max.message.bytes", "10485760"));
            task.done("start");
            task.follows();
            task.arrives("public.item");
        }
    }

    @Test
    void theRemedyForAMissingReplicationRightHelps() {
        String role = "role_" + source.name();
        source.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'plain-secret'",
                "GRANT CREATE ON DATABASE " + source.name() + " TO " + role,
                "ALTER TABLE item OWNER TO " + role);
        try (ServedTask task = new ServedTask(leat, source)
                .connected(source.as(role, "plain-secret"), true)
                .drafted()) {
            assertThat(task.done("precheck")).isEqualTo("PRECHECKING");
            task.becomes("PRECHECK_FAILED");
            JsonNode finding = task.finding("REPLICATION_RIGHT", "role " + role);
            String remedy = finding.path("remedy").asString();
            assertThat(remedy).startsWith("ALTER ROLE").contains(role, "REPLICATION");

            source.execute(remedy);
            task.done("start");
            task.follows();
            assertThat(task.item("REPLICATION_RIGHT").path("outcome").asString())
                    .isEqualTo("PASSED");
            task.arrives("public.item");
        } finally {
            Servers.postgres(18).admin().execute("DROP ROLE " + role);
        }
    }

    @Test
    void theRemediesForTablesWithoutIdentityHelp() {
        source.execute(
                "CREATE TABLE keyless (id bigint, name text)",
                "INSERT INTO keyless VALUES (1, 'one'), (2, 'two')",
                "CREATE TABLE silent (id bigint PRIMARY KEY)",
                "ALTER TABLE silent REPLICA IDENTITY NOTHING");
        try (ServedTask task =
                new ServedTask(leat, source).connected(source, true).drafted()) {
            task.done("precheck");
            task.becomes("PRECHECK_FAILED");
            JsonNode keyless = task.finding("PRIMARY_KEY", "public.keyless");
            JsonNode silent = task.finding("REPLICA_IDENTITY", "public.silent");
            assertThat(keyless.path("severity").asString()).isEqualTo("ERROR");
            assertThat(silent.path("severity").asString()).isEqualTo("ERROR");

            source.execute(
                    keyless.path("remedy").asString(), silent.path("remedy").asString());
            task.done("precheck");
            task.becomes("PRECHECK_FAILED");
            assertThat(task.item("REPLICA_IDENTITY").path("outcome").asString()).isEqualTo("PASSED");
            assertThat(task.item("PRIMARY_KEY").path("outcome").asString()).isEqualTo("ALERT");
            ServedTask.ok(leat.post(task.path("/precheck/ignore"), "{\"items\": [\"PRIMARY_KEY\"]}"));
            assertThat(task.state()).isEqualTo("READY");
        }
    }

    @Test
    void aDefinitionThatCannotBeReadIsRefusedByFieldPath() {
        refused("{\"name\": ", 400, "body");
        refused("{\"format\": {\"kind\": \"SMOKE_SIGNALS\"}}", 400, "format.kind");
        refused("{\"destination\": {\"topik\": \"t\"}}", 400, "destination.topik");
        refused("{\"objects\": {\"include\": [{\"tabel\": \"t\"}]}}", 400, "objects.include[0].tabel");
        refused(
                "{\"source\": {\"connection\": \"no-such\"}, \"destination\": {\"connection\": \"none-either\"}}",
                422,
                "source.connection",
                "destination.connection");
    }

    @Test
    void aStaleVersionIsRefused() {
        try (ServedTask task =
                new ServedTask(leat, source).connected(source, true).drafted()) {
            String seen = leat.get(task.path("")).header("ETag");
            ServedTask.ok(leat.put(task.path(""), task.definition(), "If-Match", seen));
            var answer = leat.put(task.path(""), task.definition(), "If-Match", seen);
            assertThat(answer.status()).as(answer.text()).isEqualTo(412);
            assertThat(answer.json().path("type").asString()).isEqualTo("urn:leat:problem:changed-meanwhile");
            assertThat(answer.json().path("detail").asString()).contains(source.name());
            assertThat(answer.json().path("remedy").asString()).isNotBlank();
            assertThat(task.events("CHANGED")).hasSize(1);
        }
    }

    private void refused(String definition, int status, String... fields) {
        var answer = leat.post("/api/v1/tasks", definition);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(StreamSupport.stream(answer.json().path("violations").spliterator(), false))
                .as(answer.text())
                .allSatisfy(v -> assertThat(v.path("remedy").asString()).isNotBlank())
                .extracting(violation -> violation.path("field").asString())
                .containsExactlyInAnyOrder(fields);
    }

    private JsonNode failedStep(String connection) {
        JsonNode report = ServedTask.ok(leat.post("/api/v1/connections/" + connection + "/test", ""));
        assertThat(report.path("ok").asBoolean()).isFalse();
        return StreamSupport.stream(report.path("steps").spliterator(), false)
                .filter(step -> step.path("outcome").asString().equals("FAILED"))
                .findFirst()
                .orElseThrow();
    }

    private String address(int at) {
        return source.host() + ":" + at;
    }
}
