package dev.leat.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.LeatSession;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is let in, by what, and to what. */
@LeatServer
class SignInIT {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    @Test
    void callsWithoutCredentialsAreRefusedWithAProblem() {
        var answer = LeatClient.anonymous(port).get("/api/v1/connections");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:leat:problem:not-signed-in");
        assertThat(answer.json().path("remedy").asString()).contains("Bearer");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void healthIsOpenAndMetricsAreNot() {
        var anyone = LeatClient.anonymous(port);

        assertThat(anyone.get("/actuator/health").status()).isEqualTo(200);
        assertThat(anyone.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(anyone.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(anyone.get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(LeatClient.admin(port).get("/actuator/prometheus").text()).contains("jvm_memory_used_bytes");
    }

    @Test
    void tokenStandsForItsOwnerUntilItIsRevoked() {
        var admin = LeatClient.admin(port);
        var made = admin.post("/api/v1/tokens", "{\"name\": \"ci\"}");
        assertThat(made.status()).isEqualTo(201);
        var token = made.json().path("token").asString();
        assertThat(token).matches("leat_[A-Za-z0-9_-]{43}");
        var program = LeatClient.bearer(port, token);

        assertThat(program.get("/api/v1/connections").status()).isEqualTo(200);
        var listed = admin.get("/api/v1/tokens");
        assertThat(listed.text()).contains("\"ci\"").doesNotContain(token);
        assertThat(database.sql("SELECT t::text FROM api_token t")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(token));

        var id = made.json().path("id").asString();
        assertThat(admin.delete("/api/v1/tokens/" + id).status()).isEqualTo(204);
        assertThat(program.get("/api/v1/connections").status()).isEqualTo(401);
        assertThat(admin.delete("/api/v1/tokens/" + id).status()).isEqualTo(404);
    }

    @Test
    void tokenEndsWhenItExpires() {
        var admin = LeatClient.admin(port);
        var ends = Instant.now().plus(Duration.ofHours(1));
        var made = admin.post("/api/v1/tokens", "{\"name\": \"short\", \"expiresAt\": \"" + ends + "\"}");
        var program = LeatClient.bearer(port, made.json().path("token").asString());
        assertThat(program.get("/api/v1/connections").status()).isEqualTo(200);

        database.sql("UPDATE api_token SET expires_at = now() WHERE name = 'short'")
                .update();

        assertThat(program.get("/api/v1/connections").status()).isEqualTo(401);
        assertThat(admin.post("/api/v1/tokens", "{\"name\": \"late\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}")
                        .text())
                .contains("\"expiresAt\"");
    }

    @Test
    void viewerReadsOperatorWritesAndOnlyAdminSeesUsers() {
        var admin = LeatClient.admin(port);
        addUser(admin, "vera", "VIEWER");
        addUser(admin, "otto", "OPERATOR");
        var viewer = LeatClient.basic(port, "vera", "vera-secret-1");
        var operator = LeatClient.basic(port, "otto", "otto-secret-1");
        var kafka = "{\"name\": \"by-otto\", \"kind\": \"KAFKA\", \"bootstrapServers\": \"127.0.0.1:9092\"}";

        assertThat(viewer.get("/api/v1/connections").status()).isEqualTo(200);
        assertThat(viewer.post("/api/v1/connections", kafka).status()).isEqualTo(403);
        assertThat(viewer.get("/api/v1/audit").status()).isEqualTo(403);
        var noted = admin.get("/api/v1/audit?actor=vera").json().path("items");
        assertThat(noted).hasSize(1);
        assertThat(noted.get(0).path("action").asString()).isEqualTo("POST /api/v1/connections");
        assertThat(noted.get(0).path("status").asInt()).isEqualTo(403);
        assertThat(noted.get(0).path("address").asString()).isNotBlank();
        assertThat(viewer.post("/api/v1/tokens", "{\"name\": \"mine\"}").status())
                .isEqualTo(201);
        assertThat(operator.post("/api/v1/connections", kafka).status()).isEqualTo(201);
        assertThat(operator.get("/api/v1/users").status()).isEqualTo(403);
        assertThat(operator.get("/api/v1/users").json().path("type").asString())
                .isEqualTo("urn:leat:problem:not-allowed");
        assertThat(admin.get("/api/v1/users").text()).contains("vera", "otto").doesNotContain("bcrypt");
        assertThat(admin.delete("/api/v1/users/admin").status()).isEqualTo(422);
        assertThat(admin.delete("/api/v1/users/vera").status()).isEqualTo(204);
        assertThat(viewer.get("/api/v1/connections").status()).isEqualTo(401);
    }

    @Test
    void guessingIsSlowedDownButDoesNotLockOutWhoIsKnown() {
        var admin = LeatClient.admin(port);
        addUser(admin, "gina", "VIEWER");
        var known = LeatClient.basic(port, "gina", "gina-secret-1");
        assertThat(known.get("/api/v1/connections").status()).isEqualTo(200);
        var guesser = LeatClient.basic(port, "gina", "wrong");

        var statuses = IntStream.range(0, 12)
                .map(attempt -> guesser.get("/api/v1/connections").status())
                .boxed()
                .toList();

        assertThat(statuses).startsWith(401, 401).endsWith(429);
        assertThat(guesser.get("/api/v1/connections").header("Retry-After")).isNotEmpty();
        assertThat(known.get("/api/v1/connections").status()).isEqualTo(200);
    }

    @Test
    void aSessionOutlivedItsUserAndItsPassword() {
        var admin = LeatClient.admin(port);
        addUser(admin, "saul", "VIEWER");
        addUser(admin, "sara", "VIEWER");
        var removed = LeatSession.of(port, "saul", "saul-secret-1");
        var elsewhere = LeatSession.of(port, "sara", "sara-secret-1");
        var own = LeatSession.of(port, "sara", "sara-secret-1");
        assertThat(removed.get("/tasks").status()).isEqualTo(200);
        assertThat(elsewhere.get("/tasks").status()).isEqualTo(200);

        admin.delete("/api/v1/users/saul");
        var changed = own.form(
                "/account", "/account/password", "current=sara-secret-1&password=sara-secret-2&repeated=sara-secret-2");

        assertThat(changed.status()).isEqualTo(302);
        assertThat(removed.get("/tasks").header("Location")).isEqualTo("/login");
        assertThat(elsewhere.get("/tasks").header("Location")).isEqualTo("/login");
        assertThat(own.get("/tasks").status()).isEqualTo(200);
    }

    @Test
    void theAccountPageLetASessionsFinderGuessItsPassword() {
        addUser(LeatClient.admin(port), "nora", "VIEWER");
        var found = LeatSession.of(port, "nora", "nora-secret-1");

        var answers = IntStream.range(0, 11)
                .mapToObj(i -> found.form(
                        "/account", "/account/password", "current=wrong&password=other-one-1&repeated=other-one-1"))
                .map(LeatClient.Answer::text)
                .toList();

        assertThat(answers.getFirst()).contains("The current password is wrong.");
        assertThat(answers.getLast()).contains("The current password was wrong too often.");
    }

    @Test
    void theCharacterNulWasAnInternalError() {
        var admin = LeatClient.admin(port);
        var console = LeatSession.of(port, "admin", LeatServer.ADMIN_PASSWORD);

        assertThat(admin.get("/api/v1/connections?q=%00").status()).isEqualTo(400);
        assertThat(console.get("/connections?q=%00").status()).isEqualTo(400);
        assertThat(LeatClient.basic(port, "ad\0min", "x").get("/api/v1/tasks").status())
                .isEqualTo(401);
        var body = admin.post("/api/v1/tokens", "{\"name\": \"a\\u0000b\"}");
        assertThat(body.status()).isEqualTo(400);
        assertThat(body.json().at("/violations/0/field").asString()).isEqualTo("name");
    }

    @Test
    void aPageOfAnotherSiteCouldUseThePasswordThatABrowserRemembers() {
        var admin = LeatClient.admin(port);
        var kafka = "{\"name\": \"by-a-page\", \"kind\": \"KAFKA\", \"bootstrapServers\": \"127.0.0.1:9092\"}";

        assertThat(admin.send("POST", "/api/v1/connections", kafka, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(admin.send("GET", "/api/v1/connections", "", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(200);
        assertThat(admin.send("POST", "/api/v1/connections", kafka, "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aFormOfAWideTableWasCutOff() {
        var console = LeatSession.of(port, "admin", LeatServer.ADMIN_PASSWORD);

        var answer = console.form(
                "/account",
                "/account/password",
                "column=c&".repeat(3 * 1_600) + "current=x&password=one&repeated=other");

        assertThat(answer.text()).contains("The two new passwords differ.");
    }

    @Test
    void aForwardedAddressOfTheirOwnGaveGuessersAFreshStart() {
        addUser(LeatClient.admin(port), "fred", "VIEWER");
        var guesser = LeatClient.basic(port, "fred", "wrong");

        var statuses = IntStream.range(0, 12)
                .map(i -> guesser.send("GET", "/api/v1/connections", "", "X-Forwarded-For", "203.0.113." + i)
                        .status())
                .boxed()
                .toList();

        assertThat(statuses).startsWith(401).endsWith(429);
    }

    @Test
    void pagesSendPeopleToTheLoginAndForbidForeignScripts() {
        var page = LeatClient.anonymous(port).get("/tasks");
        assertThat(page.status()).isEqualTo(302);
        assertThat(page.header("Location")).endsWith("/login");
        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");

        var fragment = LeatClient.anonymous(port).send("GET", "/tasks", "", "HX-Request", "true");
        assertThat(fragment.status()).isEqualTo(401);
        assertThat(fragment.header("HX-Redirect")).isEqualTo("/login");

        assertThat(LeatClient.anonymous(port).post("/tasks", "{}").status()).isEqualTo(403);
    }

    @Test
    void interfaceIsDescribed() {
        var description = LeatClient.anonymous(port).get("/v3/api-docs");

        assertThat(description.status()).isEqualTo(200);
        assertThat(description.json().path("openapi").asString()).startsWith("3.1");
        assertThat(description.json().path("paths").propertyNames())
                .contains("/api/v1/connections", "/api/v1/connections/{name}/test", "/api/v1/tokens")
                .doesNotContain("/api/**");
        assertThat(description
                        .json()
                        .at("/components/schemas/ConnectionDraft/properties/password/type")
                        .asString())
                .isEqualTo("string");
        assertThat(description
                        .json()
                        .at("/paths/~1api~1v1~1connections/post/responses")
                        .propertyNames())
                .contains("201");
        assertThat(description
                        .json()
                        .at("/paths/~1api~1v1~1tasks/post/responses")
                        .propertyNames())
                .contains("201");
        assertThat(description
                        .json()
                        .at("/paths/~1api~1v1~1tasks~1{id}~1clone/post/responses")
                        .propertyNames())
                .contains("201");
        assertThat(LeatClient.anonymous(port).get("/api-docs").status()).isEqualTo(302);
    }

    @Test
    void unknownCallsAreProblemsToo() {
        var answer = LeatClient.admin(port).get("/api/v1/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:leat:problem:not-found");
        assertThat(answer.json().path("detail").asString()).contains("GET /api/v1/nothing");
    }

    private static void addUser(LeatClient admin, String name, String role) {
        var body = "{\"name\": \"%s\", \"password\": \"%s-secret-1\", \"role\": \"%s\"}".formatted(name, name, role);
        assertThat(admin.post("/api/v1/users", body).status()).isEqualTo(201);
    }
}
