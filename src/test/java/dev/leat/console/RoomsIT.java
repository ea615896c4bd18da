package dev.leat.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.web.server.LocalServerPort;

/** All rooms of the console beside the wizard, in a real browser over a task that runs. */
@ExtendWith(Browser.class)
@LeatServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsIT {

    private static final double PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    int port;

    private Database source;
    private String task;

    @BeforeAll
    void aTaskThatRuns() {
        source = Servers.postgres(15).newDatabase();
        source.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, customer text)",
                "INSERT INTO orders SELECT g, 'customer ' || g FROM generate_series(1, 500) g",
                "CREATE TABLE product (sku text PRIMARY KEY, title text)",
                "INSERT INTO product SELECT 'p' || g, 'product ' || g FROM generate_series(1, 50) g");
        LeatClient admin = LeatClient.admin(port);
        created(admin.post("/api/v1/connections", """
                {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%s", "user": "%s",
                 "password": "unused", "sslMode": "disable"}
                """.formatted(
                        source.name(), source.host(), source.port(), source.name(), source.user())));
        created(admin.post("/api/v1/connections", """
                {"name": "%s-kafka", "kind": "KAFKA", "bootstrapServers": "%s"}
                """.formatted(
                        source.name(), Servers.kafka().bootstrap())));
        task = created(admin.post("/api/v1/tasks?start=true", """
                {"name": "rooms", "environment": "staging", "source": {"connection": "%1$s"},
                 "destination": {"connection": "%1$s-kafka", "topic": "%1$s.{table}"},
                 "objects": {"include": [{"schema": "public", "table": "orders"}]}}
                """.formatted(source.name())))
                .json()
                .get("id")
                .asString();
    }

    @AfterAll
    void theEnd() {
        LeatClient.admin(port).post("/api/v1/tasks/" + task + "/release", "");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(source.query(
                                "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"))
                        .isEmpty());
        source.drop();
    }

    private static LeatClient.Answer created(LeatClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    @Test
    void aRunningTaskIsChangedWatchedAndLookedInto(Windows windows) {
        Window window = signedIn(windows);
        window.go(base() + "/tasks/" + task);
        assertThat(window.find(".task-route .labels")).hasText("staging");
        assertThat(window.find("#phase-INCREMENTAL"))
                .containsText("Running", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        addAnObject(window);
        lookIntoTheTopic(window);
        changeTheDefinition(window);
        lookAtTheCharts(window);
        window.assertNoErrors();
    }

    /** Last, for the samples that they are drawn of take some seconds to come. */
    private void lookAtTheCharts(Window window) {
        window.go(base() + "/tasks/" + task);
        assertThat(window.find(".chart[data-series=rows] .chart-now"))
                .containsText("most", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(window.find(".chart[data-series=rows] canvas")).isVisible();
        window.find("[data-minutes='60']").click();
        assertThat(window.find("[data-minutes='60']")).hasAttribute("aria-pressed", "true");
        window.check("task-charts");
    }

    private void addAnObject(Window window) {
        window.find(".tables-card .card-head a").click();
        window.find("[name=pick][value='public/product']").check();
        window.check("task-objects");
        window.find("button[value=apply]").click();
        assertThat(window.find("#flash")).hasText("The change is taken up.");
        assertThat(window.find("#task-tables")).containsText("product");
        awaitRecords("product", 50);
        copyItAgain(window);
        assertThat(Servers.kafka().readAll(source.name() + ".orders")).hasSize(500);
    }

    private void copyItAgain(Window window) {
        Locator again = window.find("#task-tables button[value='public.product']");
        again.click(new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(window.find("#flash")).hasText("public.product will be copied again.");
        awaitRecords("product", 100);
    }

    private void awaitRecords(String table, int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        Servers.kafka().readAll(source.name() + "." + table).size() == count);
    }

    private void lookIntoTheTopic(Window window) {
        source.execute("UPDATE orders SET customer = 'the last one' WHERE id = 7");
        awaitRecords("orders", 501);
        window.go(base() + "/tasks/" + task + "/records");
        assertThat(window.find(".records > li").first()).containsText("\"the last one\"");
        assertThat(window.find(".records > li").first()).containsText("leat.position");
        window.find("#topic").selectOption(source.name() + ".product");
        assertThat(window.find(".records > li").first()).containsText("product 50");
        window.check("task-records");
    }

    private void changeTheDefinition(Window window) {
        window.find(".rooms >> text=Definition").click();
        String before = window.find("#f-definition").inputValue();
        window.find("#f-definition").fill(before + "operations: [INSERT");
        window.find(".form-end button").click();
        assertThat(window.find("#errors")).containsText("The text is not YAML");
        window.find("#f-definition").fill(before + "kafka:\n  compression: ZSTD\nretry:\n  otherMinutes: 5000\n");
        window.find(".form-end button").click();
        assertThat(window.find("#errors")).containsText("less than retry.connectionMinutes");
        window.find("#f-definition").fill(before + "kafka:\n  compression: ZSTD\n");
        window.find(".form-end button").click();
        assertThat(window.find("#flash")).hasText("The change is taken up.");
        window.find(".rooms >> text=Definition").click();
        window.find(".history details summary").first().click();
        assertThat(window.find(".history .diff-new").first()).containsText("kafka:");
        window.check("task-definition");
        window.find(".rooms >> text=Precheck").click();
        assertThat(window.find(".checks > li")).not().hasCount(0);
        window.check("task-precheck");
    }

    @Test
    void theWizardOffersTheDatabasesAndTopicsOfTheEndsThatAreChosen(Windows windows) {
        Window window = signedIn(windows);
        window.go(base() + "/tasks/new");
        window.find("#f-source-connection").selectOption(source.name());
        assertThat(window.find("#databases option[value='" + source.name() + "']"))
                .hasCount(1);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !Servers.kafka().readAll(source.name() + ".orders").isEmpty());
        window.find("#f-destination-connection").selectOption(source.name() + "-kafka");
        assertThat(window.find("#topics option[value='" + source.name() + ".orders']"))
                .hasCount(1);
        window.assertNoErrors();
    }

    @Test
    void connectionsAreMadeTriedChangedAndRemoved(Windows windows) {
        Window window = signedIn(windows);
        window.go(base() + "/connections/~new?kind=KAFKA");
        window.find(".wizard-foot button[value=save]").click();
        assertThat(window.find("#errors")).isFocused();
        window.find("#f-connection-name").fill("spare-kafka");
        window.find("#f-connection-bootstrapServers").fill(Servers.kafka().bootstrap());
        window.find("#f-connection-security").selectOption("SASL_SCRAM_SHA_256");
        window.find("#f-connection-user").fill("nobody");
        window.find("#f-connection-password").fill("wrong-secret");
        window.find("button[value=test]").click();
        assertThat(window.find(".report-failed")).hasCount(1);
        window.check("connection-test");
        window.find(".wizard-foot button[value=save]").click();
        assertThat(window.find("#flash")).hasText("spare-kafka is saved.");
        window.check("connections");
        window.find("text=spare-kafka").last().click();
        assertThat(window.find("#f-connection-password")).hasAttribute("placeholder", "Unchanged");
        assertThat(window.page().content()).doesNotContain("wrong-secret");
        window.find("#f-connection-createTopics").uncheck();
        window.find(".wizard-foot button[value=save]").click();
        assertThat(window.find("#flash")).hasText("spare-kafka is saved.");
        String kept =
                LeatClient.admin(port).get("/api/v1/connections/spare-kafka").text();
        assertThat(kept).contains("\"createTopics\":false", "\"password\":\"***\"");
        window.find("text=spare-kafka").last().click();
        window.find("#f-connection-bootstrapServers").fill("mine.example.com:9092");
        window.find(".wizard-foot button[value=save]").click();
        assertThat(window.find("#f-connection-password-error")).containsText("Type it again.");
        window.find("[data-dialog=remove]").click();
        window.find("#remove button[type=submit]").click();
        assertThat(window.find("#flash")).hasText("spare-kafka is removed.");
        window.go(base() + "/connections/" + source.name());
        assertThat(window.find("[data-dialog=remove]")).hasCount(0);
        assertThat(window.find("main")).containsText("rooms");
        window.assertNoErrors();
    }

    @Test
    void aTokenIsShownOnceAndRevoked(Windows windows) {
        Window window = signedIn(windows);
        window.go(base() + "/account");
        window.find("#f-name").fill("from the browser");
        window.find(".inline-form button").click();
        String token = window.find("#token-text").innerText();
        assertThat(LeatClient.bearer(port, token).get("/api/v1/tasks").status()).isEqualTo(200);
        window.check("account");
        window.go(base() + "/account");
        assertThat(window.find("#token-text")).hasCount(0);
        window.find(".things button").first().click();
        assertThat(window.find("#flash")).hasText("The token is revoked.");
        assertThat(LeatClient.bearer(port, token).get("/api/v1/tasks").status()).isEqualTo(401);
        window.find("#f-current").fill("not it");
        window.find("#f-password").fill("another-secret-1");
        window.find("#f-repeated").fill("another-secret-1");
        window.find(".stack-form button").click();
        assertThat(window.find("#f-current-error")).containsText("The current password is wrong.");
        window.assertNoErrors();
    }

    @Test
    void nodesTellWhoRunsWhat(Windows windows) {
        Window window = signedIn(windows);
        window.go(base() + "/nodes");
        assertThat(window.find(".nodes")).containsText("serves this page");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            window.page().reload();
            return window.find(".nodes").innerText().contains("rooms");
        });
        window.check("nodes");
        window.go(base() + "/about");
        assertThat(window.find(".works")).containsText("uplot");
        window.check("about");
        window.assertNoErrors();
    }

    @Test
    void everyRoomSpeaksChineseOnAPhone(Windows windows) {
        Window window = windows.open(
                        Windows.phone().setColorScheme(ColorScheme.DARK).setLocale("zh-CN"))
                .signIn(base(), "admin", LeatServer.ADMIN_PASSWORD);
        for (String room : List.of(
                "/tasks/new",
                "/connections",
                "/connections/~new",
                "/account",
                "/nodes",
                "/about",
                "/tasks/" + task,
                "/tasks/" + task + "/definition",
                "/tasks/" + task + "/precheck",
                "/tasks/" + task + "/records",
                "/tasks/" + task + "/objects")) {
            window.go(base() + room);
            assertThat(window.page().content()).as(room).doesNotContain("??");
            window.screenshot("chinese" + room.replace(task, "task").replaceAll("[^a-z]+", "-"));
            window.assertFitsItsWidth();
        }
        window.assertNoErrors();
    }

    @Test
    void aViewerLooksAndDoesNotTouch(Windows windows) {
        LeatClient admin = LeatClient.admin(port);
        created(admin.post("/api/v1/users", """
                {"name": "vic", "password": "viewer-secret-1", "role": "VIEWER"}
                """));
        Window window = windows.open().signIn(base(), "vic", "viewer-secret-1");
        window.go(base() + "/connections/" + source.name());
        assertThat(window.find("#f-connection-host")).isDisabled();
        assertThat(window.find(".wizard-foot")).hasCount(0);
        window.go(base() + "/tasks/" + task + "/definition");
        assertThat(window.find("#definition-text")).containsText("connection: " + source.name());
        assertThat(window.find("#f-definition")).hasCount(0);
        window.assertAccessible();
        window.assertNoErrors();
        for (String path : List.of("/tasks/new", "/tasks/" + task + "/records", "/tasks/" + task + "/objects")) {
            window.go(base() + path);
            assertThat(window.find("h1")).hasText("This is not yours to do");
        }
        window.assertAccessible();
        window.go(base() + "/connections?q=no-such-connection");
        assertThat(window.find(".empty h2")).isVisible();
        window.assertAccessible();
        admin.delete("/api/v1/users/vic");
    }

    private Window signedIn(Windows windows) {
        return windows.open().signIn(base(), "admin", LeatServer.ADMIN_PASSWORD);
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }
}
