package dev.leat.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tasks go out and come in as YAML files, which hold the same as JSON does. */
@LeatServer
class TaskFileIT {

    private static final String YAML = "application/yaml";
    private static final String DEFINITION = """
            # kept beside the source code
            name: from a file
            source: {connection: file-source}
            destination:
              connection: file-kafka
              topic: "{schema}.{table}"
            objects:
              include:
              - schema: public
                table: orders
                filter: region = 'north' AND day >= '2026-01-01'
            etl:
            - schema: public
              table: orders
              steps:
              - {set: total, to: qty * 2}
            retry:
              otherMinutes: 20
            """;

    @LocalServerPort
    private int port;

    private final List<String> tasks = new ArrayList<>();
    private LeatClient leat;

    @BeforeEach
    void connections() {
        leat = LeatClient.admin(port);
        leat.post("/api/v1/connections", """
            {"name": "file-source", "kind": "POSTGRESQL", "host": "127.0.0.1", "port": 1, "database": "shop",
             "user": "leat"}""");
        leat.post(
                "/api/v1/connections",
                "{\"name\": \"file-kafka\", \"kind\": \"KAFKA\", \"bootstrapServers\": \"127.0.0.1:1\"}");
    }

    @AfterEach
    void release() {
        tasks.forEach(id -> leat.post("/api/v1/tasks/" + id + "/release", ""));
    }

    @Test
    void aTaskGoesOutAsAFileAndComesInAgain() {
        var first = created("/api/v1/tasks/import", DEFINITION);
        var file = leat.send("GET", definition(first), "", "Accept", YAML);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith(YAML);
        assertThat(file.text())
                .startsWith("name: from a file\n")
                .contains("filter: region = 'north' AND day >= '2026-01-01'", "otherMinutes: 20")
                .doesNotContain("null", "connectionMinutes");

        var second = created("/api/v1/tasks", file.text());

        assertThat(leat.get(definition(second)).json())
                .isEqualTo(leat.get(definition(first)).json());
    }

    @Test
    void whoeverDoesNotAskForYamlGetsJson() {
        var task = created("/api/v1/tasks/import", DEFINITION);
        var any = leat.send("GET", definition(task), "", "Accept", "*/*");
        assertThat(any.header("Content-Type")).startsWith("application/json");
        assertThat(any.json().path("name").asString()).isEqualTo("from a file");
        var changed = DEFINITION.replace("from a file", "from another");
        assertThat(leat.put("/api/v1/tasks/" + task, changed, "Content-Type", YAML)
                        .status())
                .isEqualTo(200);
        assertThat(leat.get(definition(task)).json().path("name").asString()).isEqualTo("from another");
    }

    @Test
    void whatIsWrongWithAFileIsToldWithItsPlace() {
        assertThat(refused("name: [a\n", 422)).contains("The body is not YAML at line 2");
        assertThat(refused("- a\n", 422)).contains("The body is no task definition.");
        assertThat(refused("# nothing\n", 422)).contains("The body is no task definition.");
        assertThat(refused(DEFINITION + "retries: 3\n", 400)).contains("\"field\":\"retries\"", "unknown");
        assertThat(refused(DEFINITION.replace("otherMinutes: 20", "otherMinutes: soon"), 400))
                .contains("\"field\":\"retry.otherMinutes\"");
        assertThat(refused("a: " + "x".repeat(5 << 20), 422)).contains("at most 1048576 characters");
        var nowhere =
                leat.send("GET", "/api/v1/tasks/00000000-0000-0000-0000-000000000000/definition", "", "Accept", YAML);
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.header("Content-Type")).startsWith("application/problem+json");
    }

    private String created(String path, String text) {
        var made = leat.send("POST", path, text, "Content-Type", YAML);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().path("id").asString();
        tasks.add(id);
        return id;
    }

    private String refused(String text, int status) {
        var answer = leat.send("POST", "/api/v1/tasks/import", text, "Content-Type", YAML);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.text();
    }

    private static String definition(String task) {
        return "/api/v1/tasks/" + task + "/definition";
    }
}
