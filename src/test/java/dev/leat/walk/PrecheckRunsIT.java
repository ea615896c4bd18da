package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Prechecks of a served task: what they found stays, is compared, ignored by somebody, and looked at again one by one. */
@LeatServer
class PrecheckRunsIT {

    @LocalServerPort
    private int port;

    private LeatClient leat;
    private Database source;

    @BeforeEach
    void prepare() {
        leat = LeatClient.admin(port);
        source = Servers.postgres(18).newDatabase();
        source.execute("CREATE TABLE keyless (id bigint, name text)", "ALTER TABLE keyless REPLICA IDENTITY FULL");
    }

    @AfterEach
    void drop() {
        source.drop();
    }

    @Test
    void oneItemIsLookedAtAgainAndComparedWithWhatItFoundBefore() {
        try (ServedTask task = checked()) {
            source.execute(
                    "CREATE TABLE second (id bigint)",
                    "ALTER TABLE second REPLICA IDENTITY FULL",
                    "ALTER TABLE keyless ADD PRIMARY KEY (id)");

            ServedTask.ok(leat.post(task.path("/precheck?item=PRIMARY_KEY"), ""));
            task.becomes("PRECHECK_FAILED");

            JsonNode key = task.item("PRIMARY_KEY");
            assertThat(key.path("run").asInt()).isEqualTo(2);
            assertThat(places(key, "added")).containsExactly("public.second");
            assertThat(places(key, "gone")).containsExactly("public.keyless");
            assertThat(key.path("comparedWith").asString()).isNotBlank();
            assertThat(task.item("WAL_LEVEL").path("run").asInt()).isEqualTo(1);
            var runs = leat.get(task.path("/precheck/runs")).json().path("items");
            assertThat(runs).hasSize(2);
            assertThat(runs.get(0).path("askedBy").asString()).isEqualTo("admin");
            assertThat(runs.get(0).path("items").get(0).asString()).isEqualTo("PRIMARY_KEY");
            assertThat(runs.get(0).path("alerts").asInt()).isEqualTo(1);
            assertThat(runs.get(1).path("items")).isEmpty();
            assertThat(runs.get(1).path("passed").asInt()).isGreaterThan(20);
            assertThat(places(
                            leat.get(task.path("/precheck?run=1"))
                                    .json()
                                    .path("items")
                                    .valueStream()
                                    .filter(item -> item.path("item").asString().equals("PRIMARY_KEY"))
                                    .findFirst()
                                    .orElseThrow(),
                            "findings"))
                    .containsExactly("public.keyless");
        }
    }

    @Test
    void itemThatWasMendedMakesTheTaskReadyByItself() {
        try (ServedTask task = checked()) {
            source.execute("ALTER TABLE keyless ADD PRIMARY KEY (id)");

            ServedTask.ok(leat.post(task.path("/precheck?item=PRIMARY_KEY"), ""));

            task.becomes("READY");
        }
    }

    @Test
    void unknownItemIsRefused() {
        try (ServedTask task = checked()) {
            var answer = leat.post(task.path("/precheck?item=NO_SUCH_ITEM"), "");

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).contains("NO_SUCH_ITEM");
            assertThat(task.state()).isEqualTo("PRECHECK_FAILED");
        }
    }

    @Test
    void alertStaysIgnoredUntilSomethingElseIsFound() {
        try (ServedTask task = checked()) {
            ServedTask.ok(leat.post(task.path("/precheck/ignore"), "{\"items\": [\"PRIMARY_KEY\"]}"));
            assertThat(task.state()).isEqualTo("READY");
            JsonNode ignored = task.item("PRIMARY_KEY");
            assertThat(ignored.path("ignoredBy").asString()).isEqualTo("admin");
            assertThat(ignored.path("ignoredAt").asString()).isNotBlank();
            assertThat(task.events("ALERTS_IGNORED"))
                    .extracting(event -> event.path("message").asString())
                    .containsExactly("PRIMARY_KEY ignored by admin");
            JsonNode noted = ServedTask.ok(leat.get("/api/v1/audit?actor=admin&limit=1"))
                    .path("items")
                    .get(0);
            assertThat(noted.path("action").asString()).isEqualTo("POST " + task.path("/precheck/ignore"));
            assertThat(noted.path("detail").asString()).isEqualTo("ignored PRIMARY_KEY");
            assertThat(noted.path("status").asInt()).isEqualTo(202);
            assertThat(noted.path("at").asString()).isNotBlank();

            task.done("precheck");
            task.becomes("READY");

            source.execute("CREATE TABLE second (id bigint)", "ALTER TABLE second REPLICA IDENTITY FULL");
            task.done("precheck");
            task.becomes("PRECHECK_FAILED");
            assertThat(task.item("PRIMARY_KEY").path("ignoredBy").isNull()).isTrue();
            assertThat(task.events("ALERTS_NO_LONGER_IGNORED"))
                    .extracting(event -> event.path("message").asString())
                    .containsExactly("PRIMARY_KEY, ignored by admin, has changed");
        }
    }

    private ServedTask checked() {
        ServedTask task = new ServedTask(leat, source).connected(source, true).drafted();
        task.done("precheck");
        task.becomes("PRECHECK_FAILED");
        return task;
    }

    private static List<String> places(JsonNode item, String field) {
        return StreamSupport.stream(item.path(field).spliterator(), false)
                .map(finding -> finding.path("place").asString())
                .toList();
    }
}
