package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The live events over a real connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveStreamIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private ServletWebServerApplicationContext app;

    @BeforeAll
    void start() {
        app = run();
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @Test
    void aTasksEventsArriveAtOnceAndAreNotCached() throws Exception {
        var response = open("/tasks/%s/stream".formatted(Samples.runningFull().id()));
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(response.headers().firstValue("x-accel-buffering")).hasValue("no");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        try (var lines = lines(response)) {
            assertThat(lines.lines().filter(line -> line.startsWith("event:")).limit(3))
                    .containsExactlyInAnyOrder("event:state", "event:progress", "event:events");
        }
    }

    @Test
    void aTaskThatDoesNotExistHasNoEvents() throws Exception {
        assertThat(open("/tasks/%s/stream".formatted(UUID.randomUUID())).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aStrangerIsNotGivenEvents() throws Exception {
        var request = HttpRequest.newBuilder(uri("/tasks/stream"))
                .header("Accept", "text/event-stream")
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isIn(302, 401);
    }

    @Test
    void anOpenStreamDoesNotHoldUpTheStop() throws Exception {
        var other = run();
        var stream = client.send(
                request("http://localhost:%d/tasks/stream"
                        .formatted(other.getWebServer().getPort())),
                BodyHandlers.ofInputStream());
        try (var lines = lines(stream)) {
            assertThat(lines.readLine()).isEqualTo(":hello");
            long before = System.nanoTime();
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            assertThat(lines.lines()).allSatisfy(line -> assertThat(line).doesNotContain("heartbeat"));
        }
    }

    private static ServletWebServerApplicationContext run() {
        return (ServletWebServerApplicationContext) SpringApplication.run(
                ConsoleApp.class, "--server.port=0", "--spring.main.register-shutdown-hook=false");
    }

    private HttpResponse<InputStream> open(String path) throws Exception {
        return client.send(request(uri(path).toString()), BodyHandlers.ofInputStream());
    }

    private static HttpRequest request(String url) {
        var credentials = Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Basic " + credentials)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:%d%s".formatted(app.getWebServer().getPort(), path));
    }
}
