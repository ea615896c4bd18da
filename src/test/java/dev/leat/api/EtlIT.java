package dev.leat.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatClient.Answer;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ETL over REST: the definition, what is refused, and the dry run. */
@LeatServer
class EtlIT {

    private static final String STEPS = """
            [{"set": "total", "to": "qty * price"}, {"dropIf": "status == 'test'"}, {"keepIf": "id < 100"},
             {"rename": "note", "to": "remark"}, {"remove": "secret"}, {"mask": "phone", "keepFirst": 3, "with": "#"},
             {"mask": "mail", "hash": "SHA-256", "salt": "pepper"}, {"script": "script:e_set(`status`, 'ok')"}]""";

    @LocalServerPort
    private int port;

    private final Database source = Servers.postgres(18).newDatabase();
    private LeatClient leat;

    @BeforeEach
    void register() {
        source.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, qty int, price numeric(10,2), status text, note text,"
                        + " secret text, phone text, mail text)",
                "INSERT INTO orders VALUES (1, 3, 2.50, 'paid', 'n', 's', '13800001234', 'a@b.c'),"
                        + " (2, 3, 2.50, 'test', 'n', 's', NULL, NULL), (3, 0, 1, 'paid', repeat('x', 5000), NULL, NULL, NULL)");
        leat = LeatClient.admin(port);
        ok(leat.post("/api/v1/connections", """
                {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%s", "user": "%s",
                 "password": "%s", "sslMode": "disable"}
                """.formatted(
                        source.name(), source.host(), source.port(), source.name(), source.user(), source.password())));
        ok(leat.post("/api/v1/connections", """
                {"name": "kafka-%s", "kind": "KAFKA", "bootstrapServers": "%s", "security": "PLAINTEXT"}
                """.formatted(
                        source.name(), Servers.kafka().bootstrap())));
    }

    @AfterEach
    void drop() {
        source.drop();
    }

    private Answer create(String etl) {
        return leat.post("/api/v1/tasks", """
                {"name": "%s", "source": {"connection": "%s"}, "destination": {"connection": "kafka-%s"}, "etl": %s}
                """.formatted(UUID.randomUUID(), source.name(), source.name(), etl));
    }

    private String task(String steps) {
        return "/api/v1/tasks/"
                + ok(create("[{\"schema\": \"public\", \"table\": \"orders\", \"steps\": " + steps + "}]"))
                        .path("id")
                        .asString();
    }

    @Test
    void keepsTheStepsAsTheyWereSent() {
        var definition = ok(leat.get(task(STEPS) + "/definition"));
        var entry = definition.path("etl").get(0);

        assertThat(entry.path("steps")).isEqualTo(JsonMapper.shared().readTree(STEPS));
        assertThat(entry.path("onError").asString()).isEqualTo("STOP");
        var again = leat.post("/api/v1/tasks", definition.toString());
        assertThat(ok(leat.get("/api/v1/tasks/" + ok(again).path("id").asString() + "/definition"))
                        .path("etl"))
                .isEqualTo(definition.path("etl"));
    }

    @Test
    void namesTheFieldsThatAreWrong() {
        var answer = create("""
                [{"table": "orders", "onError": "STOP", "steps": [{"set": "a"}, {"dropIf": " "},
                  {"rename": "", "to": "b"}, {"mask": "c", "keepLast": -1, "with": "**"},
                  {"mask": "c", "keepFirst": 1, "hash": "CRC"}, {"mask": "c", "salt": "s"}]}]""");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("violations").findValuesAsString("field"))
                .containsExactlyInAnyOrder(
                        "etl[0].schema",
                        "etl[0].steps[0].to",
                        "etl[0].steps[1].dropIf",
                        "etl[0].steps[2].rename",
                        "etl[0].steps[3].keepLast",
                        "etl[0].steps[3].with",
                        "etl[0].steps[4].hash",
                        "etl[0].steps[4].hash",
                        "etl[0].steps[5].salt");
    }

    @Test
    void namesAStepThatThereIsNot() {
        var answer = create("[{\"schema\": \"s\", \"table\": \"t\", \"steps\": [{\"drop\": \"x\"}]}]");
        var more = create("[{\"schema\": \"s\", \"table\": \"t\", \"steps\": [{\"remove\": \"x\", \"to\": \"y\"}]}]");
        var none = create("[{\"schema\": \"s\", \"table\": \"t\", \"steps\": [\"remove\"]}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).startsWith("etl[0].steps[0].drop: The field is unknown.");
        assertThat(answer.text()).contains("dropIf, keepIf, mask, remove, rename, script, set");
        assertThat(more.json().path("detail").asString()).startsWith("etl[0].steps[0].to: The field is unknown.");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("detail").asString()).startsWith("etl[0].steps[0]: ");
    }

    @Test
    void showsRowsBeforeAndAfter() {
        var sample = ok(leat.post(task(STEPS) + "/etl/dry-run?schema=public&table=orders", ""));
        var rows = sample.path("rows");

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).path("outcome").asString()).isEqualTo("KEPT");
        assertThat(rows.get(0).path("before").toString()).isEqualTo("""
                        {"id":"1","qty":"3","price":"2.50","status":"paid","note":"n","secret":"s",\
                        "phone":"13800001234","mail":"a@b.c"}""");
        assertThat(rows.get(0).path("after").toString())
                .startsWith(
                        "{\"id\":\"1\",\"qty\":\"3\",\"price\":\"2.50\",\"status\":\"ok\",\"remark\":\"n\",\"phone\":\"138########\"")
                .endsWith("\"total\":\"7.50\"}");
        assertThat(rows.get(0).path("after").path("mail").asString())
                .isEqualTo(source.value("SELECT encode(sha256('peppera@b.c'), 'hex')"));
        assertThat(rows.get(1).path("outcome").asString()).isEqualTo("DROPPED");
        assertThat(rows.get(1).path("after").isNull()).isTrue();
        assertThat(rows.get(2).path("before").path("note").asString()).hasSize(2001);
        assertThat(sample.path("columns").toString()).endsWith("{\"name\":\"total\",\"type\":\"numeric\"}]");
    }

    @Test
    void triesOtherStepsBeforeTheyAreSaved() {
        var path = task("[{\"remove\": \"note\"}]") + "/etl/dry-run?schema=public&table=orders&limit=1";
        var sample = ok(leat.post(path, "{\"steps\": [{\"set\": \"each\", \"to\": \"price / (qty - 3)\"}]}"));

        assertThat(sample.path("rows")).hasSize(1);
        assertThat(sample.path("rows").get(0).path("outcome").asString()).isEqualTo("FAILED");
        assertThat(sample.path("rows").get(0).path("error").asString())
                .isEqualTo("Table public.orders, body.steps[0].to, column each, line 1, column 7: division by zero.");
    }

    @Test
    void refusesWhatDoesNotFitTheTable() {
        var task = task("[{\"remove\": \"note\"}]");
        var type = leat.post(
                task + "/etl/dry-run?schema=public&table=orders",
                "{\"steps\": [{\"set\": \"a\", \"to\": \"qty + status\"}]}");
        var empty = leat.post(task + "/etl/dry-run?schema=public&table=orders", "{\"steps\": []}");
        var missing = leat.post(task + "/etl/dry-run?schema=public&table=gone", "{\"steps\": [{\"remove\": \"a\"}]}");
        var none = leat.post(task + "/etl/dry-run?schema=public&table=items", "");

        assertThat(type.status()).isEqualTo(422);
        assertThat(type.json().path("detail").asString())
                .isEqualTo("Table public.orders, body.steps[0].to, column a, line 1, column 5:"
                        + " the operator + does not take (int, string).");
        assertThat(type.json().path("remedy").asString()).contains("Columns here: id, qty, price");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.json().path("detail").asString()).contains("public.gone: there is no such table");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().path("detail").asString()).contains("no ETL for table public.items");
    }

    @Test
    void aViewerSeesNoRows() {
        var path = task("[{\"remove\": \"note\"}]") + "/etl/dry-run?schema=public&table=orders";
        var name = "viewer-" + UUID.randomUUID().toString().substring(0, 8);
        ok(leat.post(
                "/api/v1/users",
                "{\"name\": \"%s\", \"password\": \"viewer-secret-1\", \"role\": \"VIEWER\"}".formatted(name)));

        assertThat(LeatClient.basic(port, name, "viewer-secret-1")
                        .post(path, "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theDryRunIsDescribed() {
        var api = ok(leat.get("/v3/api-docs"));

        assertThat(api.path("paths")
                        .path("/api/v1/tasks/{id}/etl/dry-run")
                        .path("post")
                        .toString())
                .contains("each row before and after", "limit");
        assertThat(api.path("components").path("schemas").path("TableEtl").toString())
                .contains("dropIf", "keepFirst");
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer.json();
    }
}
