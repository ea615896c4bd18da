package dev.leat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.ConnectionUse;
import dev.leat.connection.Connections;
import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Ports;
import dev.leat.fixture.Servers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Connections over REST: their life, their secrets, what they hold. */
@LeatServer
@Import(ConnectionsIT.SomeTask.class)
class ConnectionsIT {

    private static final String PASSWORD = "a-password-nobody-else-has";

    @LocalServerPort
    private int port;

    @Autowired
    private Connections connections;

    @Autowired
    private JdbcClient metadata;

    private LeatClient leat;

    /** Uses the connection that is named so. */
    @TestConfiguration
    static class SomeTask {

        @Bean
        ConnectionUse someTask() {
            return name -> name.startsWith("used-") ? List.of("task 'shop-to-kafka'") : List.of();
        }
    }

    @BeforeEach
    void signIn() {
        leat = LeatClient.admin(port);
    }

    @Test
    void keepsASecretThatIsSentBackMasked() {
        var name =
                register("\"password\": \"" + PASSWORD + "\", \"sslMode\": \"verify-full\", \"caCertificate\": null");
        assertThat(name.status()).isEqualTo(422);
        var made = register("\"password\": \"" + PASSWORD + "\", \"sslMode\": \"prefer\"");
        assertThat(made.status()).isEqualTo(201);
        var path = "/api/v1/connections/" + made.json().path("name").asString();
        assertThat(made.header("Location")).isEqualTo(path);
        assertThat(made.json().path("sslMode").asString()).isEqualTo("prefer");
        assertThat(made.json().path("port").asInt()).isEqualTo(5432);

        var read = leat.get(path);
        assertThat(read.json().path("password").asString()).isEqualTo("***");
        var changed = leat.put(path, read.text().replace("shop", "sales"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("database").asString()).isEqualTo("sales");
        assertThat(connections
                        .source(read.json().path("name").asString())
                        .password()
                        .value())
                .isEqualTo(PASSWORD);
        leat.put(path, read.text().replace("\"***\"", "\"another-one\""));
        assertThat(connections
                        .source(read.json().path("name").asString())
                        .password()
                        .value())
                .isEqualTo("another-one");
    }

    @Test
    void aMaskedSecretWentToWhateverAddressWasNamed() {
        var made = register("\"password\": \"" + PASSWORD + "\", \"sslMode\": \"require\"");
        var path = "/api/v1/connections/" + made.json().path("name").asString();
        var elsewhere = made.text().replace("db.example.com", "mine.example.com");

        assertThat(fields(leat.put(path, elsewhere).json())).containsExactly("password");
        assertThat(fields(leat.post("/api/v1/connections/test", elsewhere).json()))
                .containsExactly("password");
        assertThat(fields(
                        leat.put(path, made.text().replace("require", "prefer")).json()))
                .containsExactly("password");
        assertThat(leat.put(path, elsewhere.replace("***", "typed-again")).status())
                .isEqualTo(200);
    }

    @Test
    void neverShowsASecretInAnswersOrRows() {
        var registry =
                "{\"url\": \"http://127.0.0.1:8085\", \"user\": \"reg\", \"password\": \"%s\"}".formatted(PASSWORD);
        var kafka = """
                {"name": "secretive", "kind": "KAFKA", "bootstrapServers": "127.0.0.1:9092",
                 "security": "SASL_SCRAM_SHA_256", "user": "alice", "password": "%s", "schemaRegistry": %s}
                """.formatted(PASSWORD, registry);
        var made = leat.post("/api/v1/connections", kafka);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text()
                        + leat.get("/api/v1/connections/secretive").text()
                        + leat.get("/api/v1/connections").text())
                .doesNotContain(PASSWORD)
                .contains("***");
        assertThat(metadata.sql("SELECT c::text FROM connection c")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(PASSWORD));
        assertThat(connections.kafka("secretive").password().value()).isEqualTo(PASSWORD);
        assertThat(connections.kafka("secretive").schemaRegistry())
                .hasValueSatisfying(kept -> assertThat(kept.password().value()).isEqualTo(PASSWORD));
    }

    @Test
    void secretMovedToAnotherRowCannotBeRead() {
        var first = register("\"password\": \"" + PASSWORD + "\"")
                .json()
                .path("name")
                .asString();
        var second = register("\"password\": \"x\"").json().path("name").asString();
        metadata.sql("UPDATE connection SET secrets = (SELECT secrets FROM connection WHERE name = ?) WHERE name = ?")
                .params(first, second)
                .update();

        assertThatThrownBy(() -> connections.source(second)).hasMessageContaining("cannot be decrypted");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        var answer = leat.post("/api/v1/connections", """
                {"name": "no spaces", "kind": "POSTGRESQL", "host": "http://x", "port": 70000,
                 "bootstrapServers": "x:1", "password": "***"}
                """);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:leat:problem:invalid-settings");
        assertThat(fields(answer.json()))
                .containsExactlyInAnyOrder("name", "host", "port", "database", "user", "bootstrapServers", "password");
        assertThat(answer.json().path("violations").get(0).path("remedy").asString())
                .isNotEmpty();
    }

    @Test
    void namesTheFieldThatCannotBeRead() {
        assertUnreadable("{\"kind\": \"ORACLE\"}", "kind", "POSTGRESQL, ANALYTICDB_POSTGRESQL, KAFKA");
        assertUnreadable("{\"sslMode\": \"maybe\"}", "sslMode", "VERIFY_FULL");
        assertUnreadable("{\"hots\": \"x\"}", "hots", "host");
        assertUnreadable("{\"port\": \"many\"}", "port", "Integer");
        assertUnreadable("{\"schemaRegistry\": {\"uri\": \"x\"}}", "schemaRegistry.uri", "url");
        assertUnreadable("{\"password\": {\"value\": \"x\"}}", "password", "");
        assertUnreadable("{oops", "body", "JSON");
        assertUnreadable("", "body", "JSON");
        assertThat(leat.get("/api/v1/connections?limit=many")
                        .json()
                        .path("type")
                        .asString())
                .isEqualTo("urn:leat:problem:bad-request");
    }

    @Test
    void guardsAnEditByItsVersion() {
        var made = register("\"user\": \"leat\"");
        var path = "/api/v1/connections/" + made.json().path("name").asString();
        var tag = made.header("ETag");

        assertThat(leat.put(path, made.text(), "If-Match", tag).status()).isEqualTo(200);
        var late = leat.put(path, made.text(), "If-Match", tag);

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().path("type").asString()).isEqualTo("urn:leat:problem:connection-changed-meanwhile");
        assertThat(leat.get(path).header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void refusesATakenNameAndToRemoveWhatATaskUses() {
        var body = "{\"name\": \"used-here\", \"kind\": \"KAFKA\", \"bootstrapServers\": \"127.0.0.1:9092\"}";
        assertThat(leat.post("/api/v1/connections", body).status()).isEqualTo(201);

        assertThat(leat.post("/api/v1/connections", body).status()).isEqualTo(409);
        var refused = leat.delete("/api/v1/connections/used-here");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asString()).contains("used-here", "task 'shop-to-kafka'");
        assertThat(leat.delete("/api/v1/connections/nowhere").status()).isEqualTo(404);
        var free = register("\"user\": \"leat\"").json().path("name").asString();
        assertThat(leat.delete("/api/v1/connections/" + free).status()).isEqualTo(204);
        assertThatThrownBy(() -> connections.read(free)).isInstanceOf(ConnectionRefused.class);
    }

    @Test
    void listsByKindAndTextInParts() {
        for (int i = 0; i < 3; i++) {
            leat.post(
                    "/api/v1/connections",
                    "{\"name\": \"Paged-%d\", \"kind\": \"KAFKA\", \"bootstrapServers\": \"127.0.0.1:9092\"}"
                            .formatted(i));
        }

        var first = leat.get("/api/v1/connections?kind=KAFKA&q=paged&limit=2").json();
        var second = leat.get("/api/v1/connections?kind=KAFKA&q=paged&limit=2&cursor="
                        + first.path("next").asString())
                .json();

        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").get(0).path("name").asString()).isEqualTo("Paged-2");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(leat.get("/api/v1/connections?kind=POSTGRESQL&q=paged")
                        .json()
                        .path("items")
                        .isEmpty())
                .isTrue();
        assertThat(leat.get("/api/v1/connections?cursor=%21").status()).isEqualTo(422);
    }

    @Test
    void browsesASource() {
        var database = Servers.postgres(18).newDatabase();
        database.execute(
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.orders (id int PRIMARY KEY, total numeric(10,2) NOT NULL, note text)",
                "CREATE TABLE sales.order_lines (id int)",
                "CREATE TABLE sales.parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE sales.parts_1 PARTITION OF sales.parts FOR VALUES FROM (1) TO (9)");
        var path = "/api/v1/connections/" + register(database);

        assertThat(leat.get(path + "/databases").text()).contains(database.name());
        assertThat(leat.get(path + "/schemas").json().path("items").toString()).isEqualTo("[\"public\",\"sales\"]");
        var tables = leat.get(path + "/tables?schema=sales&limit=2").json();
        assertThat(tables.at("/items/0/table").asString()).isEqualTo("order_lines");
        assertThat(tables.at("/items/1/primaryKey").asBoolean()).isTrue();
        var rest = leat.get(path + "/tables?schema=sales&limit=2&cursor="
                        + tables.path("next").asString())
                .json();
        assertThat(rest.at("/items/0/table").asString()).isEqualTo("parts");
        assertThat(rest.at("/items/0/partitioned").asBoolean()).isTrue();
        assertThat(rest.path("items").size()).isEqualTo(1);
        assertThat(leat.get(path + "/tables?q=LINES")
                        .json()
                        .at("/items/0/table")
                        .asString())
                .isEqualTo("order_lines");
        var columns = leat.get(path + "/columns?schema=sales&table=orders").json();
        assertThat(columns.at("/items/1").toString())
                .isEqualTo("{\"name\":\"total\",\"type\":\"numeric(10,2)\",\"nullable\":false,\"primaryKey\":false,"
                        + "\"generated\":false}");
        assertThat(leat.get(path + "/columns?schema=sales&table=nothing").status())
                .isEqualTo(404);
        assertThat(leat.get(path + "/topics").status()).isEqualTo(422);
        database.drop();
    }

    @Test
    void browsesTopicsAndSaysWhenTheEndIsAway() {
        var kafka = Servers.kafka();
        var topic = "browse-" + UUID.randomUUID();
        kafka.createTopic(topic, 1);
        leat.post(
                "/api/v1/connections",
                "{\"name\": \"with-topics\", \"kind\": \"KAFKA\", \"bootstrapServers\": \"%s\"}"
                        .formatted(kafka.bootstrap()));
        leat.post(
                "/api/v1/connections",
                "{\"name\": \"away\", \"kind\": \"POSTGRESQL\", \"host\": \"127.0.0.1\", \"port\": %d, \"database\": \"x\", \"user\": \"x\"}"
                        .formatted(Ports.free()));

        assertThat(leat.get("/api/v1/connections/with-topics/topics?q=" + topic)
                        .json()
                        .path("items")
                        .toString())
                .isEqualTo("[\"" + topic + "\"]");
        var away = leat.get("/api/v1/connections/away/schemas");
        assertThat(away.status()).isEqualTo(502);
        assertThat(away.json().path("kind").asString()).isEqualTo("SOURCE_UNREACHABLE");
        assertThat(away.json().path("type").asString()).isEqualTo("urn:leat:problem:source-unreachable");
    }

    private LeatClient.Answer register(String fields) {
        var user = fields.contains("\"user\"") ? "" : "\"user\": \"leat\", ";
        return leat.post(
                "/api/v1/connections",
                "{\"name\": \"c-%s\", \"kind\": \"POSTGRESQL\", \"host\": \"db.example.com\", \"database\": \"shop\", %s%s}"
                        .formatted(UUID.randomUUID(), user, fields));
    }

    private String register(Database database) {
        var name = "source-" + UUID.randomUUID();
        var answer = leat.post("/api/v1/connections", """
                {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%s", "user": "%s", "password": "%s"}
                """.formatted(
                        name, database.host(), database.port(), database.name(), database.user(), database.password()));
        assertThat(answer.status()).isEqualTo(201);
        return name;
    }

    private void assertUnreadable(String body, String field, String remedy) {
        var answer = leat.post("/api/v1/connections", body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(fields(answer.json())).containsExactly(field);
        assertThat(answer.json().at("/violations/0/remedy").asString()).contains(remedy);
        assertThat(answer.text()).doesNotContain("dev.leat", "tools.jackson");
    }

    private static List<String> fields(JsonNode problem) {
        return problem.path("violations")
                .valueStream()
                .map(violation -> violation.path("field").asString())
                .toList();
    }
}
