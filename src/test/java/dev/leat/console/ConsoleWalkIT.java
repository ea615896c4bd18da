package dev.leat.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.leat.fixture.Database;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** A person at a real browser, the whole service behind it, real servers behind that. */
@ExtendWith(Browser.class)
@LeatServer
class ConsoleWalkIT {

    private static final double PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    int port;

    @Test
    void aPersonWatchesATaskPausesResumesRestartsAndClonesIt(Windows windows) {
        Database source = Servers.postgres(15).newDatabase();
        source.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, customer text, total numeric(10,2))",
                "INSERT INTO orders SELECT g, 'customer ' || g, g / 7.0 FROM generate_series(1, 5000) g",
                "CREATE TABLE product (sku text PRIMARY KEY, title text)",
                "INSERT INTO product SELECT 'p' || g, 'product ' || g FROM generate_series(1, 500) g",
                "ANALYZE");
        String task = createdTask(source, Servers.kafka());
        Window window = windows.open(Windows.wide());

        window.signIn("http://127.0.0.1:" + port, "admin", LeatServer.ADMIN_PASSWORD);
        assertThat(window.find("main")).containsText("browser-walk");
        window.go("http://127.0.0.1:" + port + "/tasks/" + task);
        assertThat(window.find("#phase-INCREMENTAL"))
                .containsText("Running", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(window.find("#phase-FULL")).containsText("5,500");
        source.execute("UPDATE orders SET total = total + 1 WHERE id <= 10");
        awaitOrders(source, 5_010);
        pause(window);
        window.screenshot("walk-paused");
        source.execute("UPDATE orders SET total = total + 1 WHERE id = 11");
        window.find("#task-head button:has-text('Resume')").click();
        awaitOrders(source, 5_011);
        restart(window);
        awaitOrders(source, 10_011);
        String copy = copy(window);
        window.assertNoErrors();
        release(copy);
        release(task);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(source.query(
                                "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"))
                        .isEmpty());
        source.drop();
    }

    private static void pause(Window window) {
        window.find("#task-head button:has-text('Pause')").click();
        assertThat(window.find(".task-state")).hasText("Paused", new HasTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static void restart(Window window) {
        pause(window);
        window.find("[data-dialog=restart]").click();
        window.find("#restart button[type=submit]").click();
        assertThat(window.find("#flash")).hasText("browser-walk begins anew.");
        assertThat(window.find("#phase-INCREMENTAL"))
                .containsText("Running", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    /** Answers the draft's id. */
    private static String copy(Window window) {
        window.find("button[form=clone]").click();
        assertThat(window.find("h1")).hasText("browser-walk (copy)");
        assertThat(window.find("#flash")).containsText("This draft does what browser-walk does.");
        assertThat(window.find("#draft-state")).hasText("Draft");
        return window.page().url().replaceAll(".*/tasks/([^/]+)/edit/ends", "$1");
    }

    private static void awaitOrders(Database source, int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Servers.kafka()
                                .readAll(source.name() + ".public.orders")
                                .size()
                        == count);
    }

    private String createdTask(Database source, KafkaServer kafka) {
        LeatClient admin = LeatClient.admin(port);
        JsonMapper json = JsonMapper.shared();
        String database = "walk-" + source.name().replace('_', '-');
        created(admin.post(
                "/api/v1/connections",
                json.writeValueAsString(Map.of(
                        "name",
                        database,
                        "kind",
                        "POSTGRESQL",
                        "host",
                        source.host(),
                        "port",
                        source.port(),
                        "database",
                        source.name(),
                        "user",
                        source.user(),
                        "password",
                        "unused",
                        "sslMode",
                        "disable"))));
        created(admin.post(
                "/api/v1/connections",
                json.writeValueAsString(Map.of(
                        "name",
                        database + "-kafka",
                        "kind",
                        "KAFKA",
                        "bootstrapServers",
                        kafka.bootstrap(),
                        "security",
                        "PLAINTEXT",
                        "createTopics",
                        true))));
        var answer = created(admin.post(
                "/api/v1/tasks?start=true",
                json.writeValueAsString(Map.of(
                        "name", "browser-walk",
                        "source", Map.of("connection", database),
                        "destination",
                                Map.of(
                                        "connection",
                                        database + "-kafka",
                                        "topic",
                                        source.name() + ".{schema}.{table}")))));
        return answer.json().get("id").asString();
    }

    private void release(String task) {
        assertThat(LeatClient.admin(port)
                        .post("/api/v1/tasks/" + task + "/release", "")
                        .status())
                .isEqualTo(202);
    }

    private static LeatClient.Answer created(LeatClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }
}
