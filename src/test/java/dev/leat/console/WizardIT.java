package dev.leat.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The wizard in a real browser, the whole service behind it, from an empty page to rows in a topic. */
@ExtendWith(Browser.class)
@LeatServer
class WizardIT {

    private static final String NEXT = ".wizard-foot button[value=next]";

    @LocalServerPort
    int port;

    private Database source;

    @BeforeEach
    void aShop() {
        source = Servers.postgres(15).newDatabase();
        source.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, customer text, phone text, total numeric(10,2))",
                "INSERT INTO orders SELECT g, 'customer ' || g, '030 1234' || g, g FROM generate_series(1, 200) g",
                "CREATE TABLE product (sku text PRIMARY KEY, title text)",
                "INSERT INTO product SELECT 'p' || g, 'product ' || g FROM generate_series(1, 50) g",
                "CREATE SCHEMA stock",
                "CREATE TABLE stock.level (sku text PRIMARY KEY, pieces integer)",
                "ANALYZE");
    }

    @AfterEach
    void closeTheShop() {
        LeatClient admin = LeatClient.admin(port);
        admin.get("/api/v1/tasks?limit=1000").json().get("items").forEach(task -> {
            if (!task.get("state").asString().equals("RELEASED")
                    && task.get("source").asString().startsWith(source.name())) {
                admin.post("/api/v1/tasks/" + task.get("id").asString() + "/release", "");
            }
        });
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(source.query(
                                "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"))
                        .isEmpty());
        source.drop();
    }

    @Test
    void aTaskIsMadeFromNothingToRunningRows(Windows windows) {
        Window window = signedIn(windows);
        fromBothNewEnds(window);
        theObjectsWithAFilterThatIsWrongAtFirst(window);
        theStepsTriedOnRows(window);
        thePrecheckFailsAndIsCured(window);
        theStart(window);
        awaitRecords("orders", 100);
        awaitRecords("product", 50);
        assertThat(Servers.kafka().readAll(source.name() + ".public.orders"))
                .allSatisfy(record -> assertThat(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
                        .contains("\"buyer\"")
                        .doesNotContain("030 1234"));
        window.assertNoErrors();
    }

    private void fromBothNewEnds(Window window) {
        window.go(base() + "/tasks/new");
        window.screenshot("wizard-ends-empty");
        window.find(NEXT).click();
        assertThat(window.find("#errors")).isFocused();
        assertThat(window.find("#errors li")).hasCount(2);
        window.find("#f-source-connection").selectOption("+");
        window.find("#f-destination-connection").selectOption("+");
        window.find("#f-name").fill("from the wizard");
        fill(window, "newSource", "name", source.name());
        fill(window, "newSource", "host", source.host());
        fill(window, "newSource", "port", "no port");
        fill(window, "newSource", "database", source.name());
        fill(window, "newSource", "user", source.user());
        fill(window, "newSource", "password", "unused");
        window.find("#f-newSource-sslMode").selectOption("disable");
        fill(window, "newDestination", "name", source.name() + "-kafka");
        fill(window, "newDestination", "bootstrapServers", "127.0.0.1:1");
        window.find(NEXT).click();
        assertThat(window.find("#f-newSource-port-error")).containsText("'no port' is not a whole number.");
        fill(window, "newSource", "port", String.valueOf(source.port()));
        window.find(NEXT).click();
        assertThat(window.find(".end-card >> nth=0 >> .report-ok")).hasCount(4);
        assertThat(window.find(".end-card >> nth=1 >> .report-failed")).containsText("cannot be connected to");
        window.check("wizard-ends");
        fill(window, "newDestination", "bootstrapServers", Servers.kafka().bootstrap());
        window.find(NEXT).click();
        assertThat(window.find("#tree")).isVisible();
    }

    private static void fill(Window window, String group, String field, String value) {
        window.find("#f-" + group + "-" + field).fill(value);
    }

    private void theObjectsWithAFilterThatIsWrongAtFirst(Window window) {
        window.find(NEXT).click();
        assertThat(window.find("#errors")).containsText("Nothing is selected yet.");
        window.find("#tree-q").fill("ORD");
        assertThat(window.find(".tree-table")).hasCount(1);
        window.find(".tree-table input").check();
        window.find("#f-pick").click();
        assertThat(window.find("#chosen-0")).containsText(source.name() + ".public.orders");
        window.find("#tree-q").fill("");
        window.find("button[value='whole:public']").click();
        assertThat(window.find("#chosen-1")).containsText("all tables");
        window.find("#f-format-kind").selectOption("DEBEZIUM_JSON");
        window.find("#format-options summary").click();
        window.find("[name='format.options.decimal.handling.mode']").selectOption("string");
        window.check("wizard-objects");
        window.find("#chosen-0 button[value^=edit]").click();
        oneObject(window);
        aWholeSchema(window);
        assertThat(window.find("[name='format.options.decimal.handling.mode']")).hasValue("string");
        assertThat(window.find("#chosen-0 .mark")).hasText(new String[] {"filter", "columns"});
        window.find(NEXT).click();
        assertThat(window.find("#etl-title")).isVisible();
    }

    private void oneObject(Window window) {
        Locator filter = window.find("textarea[name='objects.include[0].filter']");
        filter.fill("totl > 100");
        window.find("button[value=verify]").click();
        assertThat(window.find("#errors")).containsText("there is no column \"totl\"");
        assertThat(filter).hasAttribute("aria-invalid", "true");
        window.check("wizard-object-wrong");
        filter.fill("total > 100");
        window.find("[name=as-1]").fill("buyer");
        window.find("button[value=verify]").click();
        assertThat(window.find(".tried")).containsText("100 of the first 200 rows pass.");
        assertThat(window.find("#tried-statement")).containsText("REPLICA IDENTITY FULL");
        window.check("wizard-object");
        window.find(".wizard-foot button[value=done]").click();
    }

    private static void aWholeSchema(Window window) {
        window.find("#chosen-1 button[value^=edit]").click();
        window.find("[name=ownOperations][value=own]").check();
        window.find("[name='objects.include[1].operations'][value=DELETE]").uncheck();
        window.screenshot("wizard-schema");
        window.find(".wizard-foot button[value=done]").click();
        assertThat(window.find("#chosen-1 .mark")).hasText("operations");
    }

    private void theStepsTriedOnRows(Window window) {
        window.find("button[value=addetl]").click();
        window.find("#etl-table-0").fill("public.orders");
        window.find("#etl-text-0").fill("- mask: phone\n  keepLast: [");
        window.find("button[value='try:0']").click();
        assertThat(window.find("#etl-wrong-0")).containsText("The steps are not YAML at line 2");
        window.find("#etl-text-0").fill("- mask: phone\n  keepLast: 2");
        window.find("button[value='try:0']").click();
        assertThat(window.find(".dry-run .after").first()).containsText("**");
        window.find("#f-retry-otherMinutes").fill("900");
        window.find("#f-alerts-delaySeconds").fill("-5");
        window.find("#f-alerts-fullHours").fill("0");
        window.find("#f-alerts-walGigabytes").fill("0.5");
        window.check("wizard-advanced");
        window.find(NEXT).click();
        assertThat(window.find("#f-retry-otherMinutes-error")).containsText("less than retry.connectionMinutes");
        assertThat(window.find("#f-alerts-delaySeconds-error")).containsText("Must be 0 to 604,800.");
        window.check("wizard-advanced-wrong");
        window.find("#f-retry-otherMinutes").fill("20");
        window.find("#f-alerts-delaySeconds").fill("120");
        window.find(NEXT).click();
    }

    private void thePrecheckFailsAndIsCured(Window window) {
        assertThat(window.find("#check-ROW_FILTER")).hasAttribute("data-outcome", "ERROR");
        assertThat(window.find("#precheck-title")).containsText("Something stands in the way");
        assertThat(window.find("#draft-state")).hasText("Precheck failed");
        window.check("wizard-precheck-failed");
        source.execute(window.find("#check-ROW_FILTER pre").innerText());
        window.find("button[value='again:ROW_FILTER']").click();
        assertThat(window.find("#precheck-title")).containsText("Nothing stands in the way");
        assertThat(window.find(".precheck-percent")).hasText("100 %");
        window.screenshot("wizard-precheck");
        window.find(NEXT).click();
    }

    private void theStart(Window window) {
        assertThat(window.find(".class")).hasCount(5);
        window.find("#equivalent summary").click();
        assertThat(window.find("#equivalent-curl")).containsText("/api/v1/tasks?start=true");
        assertThat(window.find("#equivalent-yaml")).containsText("otherMinutes: 20");
        assertThat(window.find("#equivalent-yaml")).containsText("- UPDATE");
        assertThat(window.find("#equivalent-json")).not().containsText("workerGroup");
        assertThat(window.find("#equivalent-yaml"))
                .containsText(Pattern.compile("alerts:\\s+delaySeconds: 120\\s+fullHours: 0"));
        assertThat(window.find("#start-alerts .mark"))
                .hasText(new String[] {"stopped by itself", "delay above 120 s", "WAL above 0.5 GB"});
        window.check("wizard-start");
        window.find("button[value=start]").click();
        assertThat(window.find(".task-state")).hasText("Running");
    }

    private void awaitRecords(String table, int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Servers.kafka()
                                .readAll(source.name() + ".public." + table)
                                .size()
                        == count);
    }

    @Test
    void theWholeWizardWorksWithoutJavaScript(Windows windows) {
        registerEnds();
        Window window = windows.open(Windows.wide().setJavaScriptEnabled(false))
                .signIn(base(), "admin", LeatServer.ADMIN_PASSWORD);
        window.go(base() + "/tasks");
        window.find("main a[href='/tasks/new']").click();
        window.find("#f-source-connection").selectOption(source.name());
        window.find("#f-destination-connection").selectOption(source.name() + "-kafka");
        window.find(NEXT).click();
        window.find("#tree-q").fill("level");
        window.find("button[value=stay] >> text=Search").click();
        window.find(".tree-table input").check();
        window.find("#f-pick").click();
        window.find("#f-kafka-compression").selectOption("ZSTD");
        window.find("#f-kafka-acks").selectOption("LEADER");
        window.find("button[value='edit:0']").click();
        window.find("[name='objects.include[0].topic']").fill("not a topic");
        window.find(".wizard-foot button[value=done]").click();
        assertThat(window.find("#errors")).containsText("is not a topic name");
        window.find("[name='objects.include[0].topic']").fill(source.name() + ".levels");
        window.find(".wizard-foot button[value=done]").click();
        assertThat(window.find("#f-kafka-compression")).hasValue("ZSTD");
        window.find("#f-destination-partitions").fill("0");
        window.find(".wizard-foot button[value=back]").click();
        assertThat(window.find("#f-source-connection")).hasValue(source.name());
        window.find(".stepper button[value='goto:objects']").click();
        assertThat(window.find("#f-destination-partitions")).hasValue("0");
        window.find("#f-destination-partitions").fill("2");
        window.find(NEXT).click();
        assertThat(window.find("#f-alerts-delaySeconds")).hasValue("300");
        window.find("#f-alerts-onFailure").press(" ");
        window.find("#f-alerts-delaySeconds").fill("0");
        window.find("#f-alerts-fullHours").fill("");
        window.find(".wizard-foot button[value=leave]").click();
        assertThat(window.find("#flash")).hasText("The draft is saved.");
        window.find("a:has-text('Continue the setup')").click();
        assertThat(window.find("#precheck-title")).containsText("Not checked yet");
        window.find("button[value=run]").click();
        lookUntilChecked(window);
        assertThat(window.find("#check-ACKNOWLEDGEMENT")).hasAttribute("data-outcome", "ALERT");
        assertThat(window.find(NEXT)).hasCount(0);
        window.find("#check-ACKNOWLEDGEMENT button[value^=ignore]").click();
        assertThat(window.find("#check-ACKNOWLEDGEMENT")).containsText("Ignored by admin");
        window.find(NEXT).click();
        assertThat(window.find("#start-alerts .mark"))
                .hasText(new String[] {"full phase longer than 24 h", "WAL above 80 % of what the slot may keep"});
        window.find("input[value=medium]").check();
        window.find("button[value=start]").click();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            window.page().reload();
            return window.find(".task-state").innerText().equals("Running");
        });
        window.assertNoErrors();
    }

    private static void lookUntilChecked(Window window) {
        assertThat(window.find("#precheck-title")).not().containsText("Not checked yet");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            // a click on the button, which is gone from the next page, could wait for it for ever
            window.page().reload();
            return window.find("#precheck-live button[value=stay]").count() == 0;
        });
    }

    @Test
    void tenThousandTablesAreSearchedAtOnceAndByKeyboardAlone(Windows windows) {
        registerEnds();
        for (int i = 0; i < 10_000; i += 2_500) {
            // a transaction locks every table that it makes
            source.execute(
                    "DO $$ BEGIN FOR i IN %d..%d LOOP EXECUTE format('CREATE TABLE t_%%s ()', i); END LOOP; END $$"
                            .formatted(i + 1, i + 2_500));
        }
        Window window = windows.open(Windows.wide().setColorScheme(ColorScheme.DARK))
                .signIn(base(), "admin", LeatServer.ADMIN_PASSWORD);
        window.go(base() + "/tasks/new");
        choose(window, "#f-source-connection", source.name());
        choose(window, "#f-destination-connection", source.name() + "-kafka");
        proceed(window, "#tree");
        window.tabTo("#tree-q");
        window.type("t_999");
        assertThat(window.find(".tree-table")).hasCount(11);
        assertThat(fastestSearch(window)).isLessThan(Duration.ofMillis(300));
        window.screenshot("wizard-many-tables");
        window.press("Control+a");
        window.type("ORDERS");
        assertThat(window.find(".tree-table")).hasCount(1);
        window.tabTo(".tree-table input");
        window.press(" ");
        press(window, "#f-pick");
        assertThat(window.find("#chosen-0")).containsText("orders");
        assertThat(window.find(".tree-table").first()).hasClass(Pattern.compile("stands-own"));
        proceed(window, "#etl-title");
        proceed(window, "#precheck-title");
        assertThat(window.find("#precheck-title")).containsText("Nothing stands in the way");
        proceed(window, "#class-title");
        press(window, "button[value=start]");
        assertThat(window.find(".task-state")).hasText("Running");
        awaitRecords("orders", 200);
        window.assertNoErrors();
    }

    /** To the next page, whose main part has the focus once it is there. */
    private static void proceed(Window window, String mark) {
        press(window, NEXT);
        assertThat(window.find(mark)).isVisible();
        assertThat(window.find("#main")).isFocused();
    }

    private static void press(Window window, String button) {
        window.tabTo(button);
        window.press("Enter");
    }

    /** By its first letters, as a person does; a browser that is too busy forgets the first before it sees the last. */
    private static void choose(Window window, String list, String option) {
        window.tabTo(list);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            window.type(option);
            return window.find(list).inputValue().equals(option);
        });
    }

    /** Of three, for the machine does much else. */
    private Duration fastestSearch(Window window) {
        double millis = ((Number) window.page().evaluate("""
                async () => {
                  let best = Infinity;
                  for (const q of ['t_12', 'T_77', '5']) {
                    const start = performance.now();
                    const text = await (await fetch(location.pathname + '/tree?q=' + q)).text();
                    if (!text.includes('tree-table')) throw new Error('nothing found');
                    best = Math.min(best, performance.now() - start);
                  }
                  return best;
                }""")).doubleValue();
        return Duration.ofMillis((long) millis);
    }

    private void registerEnds() {
        LeatClient admin = LeatClient.admin(port);
        String database = """
                {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%s", "user": "%s",
                 "password": "unused", "sslMode": "disable"}
                """.formatted(source.name(), source.host(), source.port(), source.name(), source.user());
        String kafka = """
                {"name": "%s-kafka", "kind": "KAFKA", "bootstrapServers": "%s"}
                """.formatted(source.name(), Servers.kafka().bootstrap());
        assertThat(admin.post("/api/v1/connections", database).status()).isEqualTo(201);
        assertThat(admin.post("/api/v1/connections", kafka).status()).isEqualTo(201);
    }

    private Window signedIn(Windows windows) {
        return windows.open().signIn(base(), "admin", LeatServer.ADMIN_PASSWORD);
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }
}
