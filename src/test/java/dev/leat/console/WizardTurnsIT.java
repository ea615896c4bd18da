package dev.leat.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A hasty hand at the wizard, in a real browser: two clicks for one, and the browser's own way back. */
@ExtendWith(Browser.class)
@LeatServer
class WizardTurnsIT {

    private static final String NEXT = ".wizard-foot button[value=next]";

    @LocalServerPort
    int port;

    private Database source;

    @BeforeEach
    void bothEnds() {
        source = Servers.postgres(15).newDatabase();
        source.execute("CREATE TABLE orders (id bigint PRIMARY KEY)");
        LeatClient admin = LeatClient.admin(port);
        assertThat(admin.post("/api/v1/connections", """
                        {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%1$s", "user": "%s",
                         "password": "unused", "sslMode": "disable"}
                        """.formatted(
                                        source.name(), source.host(), source.port(), source.user()))
                        .status())
                .isEqualTo(201);
        assertThat(admin.post("/api/v1/connections", """
                        {"name": "%s-kafka", "kind": "KAFKA", "bootstrapServers": "%s"}
                        """.formatted(
                                        source.name(), Servers.kafka().bootstrap()))
                        .status())
                .isEqualTo(201);
    }

    @AfterEach
    void noSource() {
        source.drop();
    }

    @Test
    void twoClicksOnNextAreOneStep(Windows windows) {
        Window window = onTheFirstStep(windows);
        List<String> sent = new CopyOnWriteArrayList<>();
        window.page().onRequest(request -> {
            if (request.method().equals("POST")) {
                sent.add(request.url());
            }
        });
        window.find(NEXT).dblclick();
        assertThat(window.find("#tree")).isVisible();
        assertThat(window.page()).hasURL(Pattern.compile(".*/edit/objects"));
        assertThat(sent).containsExactly(base() + "/tasks/new");
        window.assertNoErrors();
    }

    @Test
    void theBrowsersWayBackFromTheSecondStepFindsTheDraft(Windows windows) {
        Window window = onTheFirstStep(windows);
        window.find(NEXT).click();
        assertThat(window.find("#tree")).isVisible();
        window.page().goBack();
        assertThat(window.find("#f-name")).hasValue(source.name());
        assertThat(window.find("#f-source-connection")).hasValue(source.name());
        assertThat(window.page()).hasURL(Pattern.compile(".*/edit/ends"));
        window.find(NEXT).click();
        assertThat(window.find("#tree")).isVisible();
        assertThat(LeatClient.admin(port)
                        .get("/api/v1/tasks?q=" + source.name())
                        .json()
                        .get("items")
                        .size())
                .isOne();
        window.assertNoErrors();
    }

    private Window onTheFirstStep(Windows windows) {
        Window window = windows.open().signIn(base(), "admin", LeatServer.ADMIN_PASSWORD);
        window.go(base() + "/tasks/new");
        window.find("#f-name").fill(source.name());
        window.find("#f-source-connection").selectOption(source.name());
        window.find("#f-destination-connection").selectOption(source.name() + "-kafka");
        return window;
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }
}
