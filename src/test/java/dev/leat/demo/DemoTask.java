package dev.leat.demo;

import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.PostgresServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** A task over the whole sample database, made and followed over REST, as any user would. */
final class DemoTask {

    static final String NAME = "shop-to-kafka";

    private static final String SOURCE = "shop-db";
    private static final String DESTINATION = "events";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final double SHORT_DELAY_SECONDS = 1;
    private static final Set<String> RESTING =
            Set.of("DRAFT", "READY", "PRECHECK_FAILED", "PAUSED", "FAILED", "FINISHED", "RELEASED");

    private final RestClient leat;

    /** Talks to Leat as a user; nothing is asked yet. */
    DemoTask(String address, String user, String password) {
        this.leat = RestClient.builder()
                .baseUrl(address + "/api/v1")
                .defaultHeaders(headers -> headers.setBasicAuth(user, password))
                .build();
    }

    /** Registers both ends, or tells Leat their new ports; makes and starts the task when there is none. */
    void ensure(Database shop, String bootstrap) {
        ensureConnection(
                SOURCE,
                Map.of(
                        "kind",
                        "POSTGRESQL",
                        "host",
                        shop.host(),
                        "port",
                        shop.port(),
                        "database",
                        shop.name(),
                        "user",
                        PostgresServer.LEAT,
                        "password",
                        PostgresServer.LEAT_PASSWORD));
        ensureConnection(
                DESTINATION,
                Map.of("kind", "KAFKA", "bootstrapServers", bootstrap, "security", "PLAINTEXT", "createTopics", true));
        if (find().isEmpty()) {
            var definition = Map.of(
                    "name", NAME,
                    "source", Map.of("connection", SOURCE, "database", shop.name()),
                    "destination", Map.of("connection", DESTINATION, "topic", "shop.{schema}.{table}"),
                    "format", Map.of("kind", "CANAL_JSON"),
                    "objects", Map.of("include", Set.of(Map.of())));
            leat.post().uri("/tasks?start=true").body(definition).retrieve().toBodilessEntity();
        }
    }

    /** Waits until changes arrive within a second, or the task rests; one line about it. */
    String follow() {
        var task = await("changes from " + NAME)
                .atMost(LIMIT)
                .pollInterval(POLL)
                .until(() -> find().orElseThrow(), seen -> isFollowing(seen) || isResting(seen));
        return isResting(task) ? rest(task) : following(task);
    }

    private static String following(JsonNode task) {
        return "Task %s: %,d rows copied; changes now arrive in Kafka within %.2f s."
                .formatted(NAME, rows(task, "FULL"), task.path("delaySeconds").asDouble());
    }

    private static String rest(JsonNode task) {
        var failure = task.path("failure");
        return "Task %s is %s. %s %s"
                .formatted(
                        NAME,
                        task.path("state").asString(),
                        failure.path("message").asString(""),
                        failure.path("remedy").asString("See its page in the console."));
    }

    private static boolean isFollowing(JsonNode task) {
        var delay = task.path("delaySeconds");
        return delay.isNumber() && delay.asDouble() < SHORT_DELAY_SECONDS && rows(task, "INCREMENTAL") > 0;
    }

    private static boolean isResting(JsonNode task) {
        return RESTING.contains(task.path("state").asString());
    }

    private static long rows(JsonNode task, String name) {
        for (var phase : task.path("progress")) {
            if (phase.path("phase").asString().equals(name)) {
                return phase.path("rows").asLong();
            }
        }
        return 0;
    }

    private void ensureConnection(String name, Map<String, Object> settings) {
        try {
            var known = get("/connections/" + name);
            boolean same = settings.entrySet().stream()
                    .filter(setting -> !setting.getKey().equals("password"))
                    .allMatch(setting -> known.path(setting.getKey())
                            .asString()
                            .equals(setting.getValue().toString()));
            if (!same) {
                leat.put().uri("/connections/" + name).body(settings).retrieve().toBodilessEntity();
            }
        } catch (HttpClientErrorException.NotFound unknown) {
            var named = new HashMap<>(settings);
            named.put("name", name);
            leat.post().uri("/connections").body(named).retrieve().toBodilessEntity();
        }
    }

    private Optional<JsonNode> find() {
        var answer = get("/tasks");
        for (var task : answer.path("items")) {
            if (task.path("name").asString().equals(NAME)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    private JsonNode get(String path) {
        return leat.get().uri(path).retrieve().body(JsonNode.class);
    }
}
