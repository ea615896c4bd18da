package dev.leat.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.RegistryEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Speaks HTTP with a schema registry, each request with a time-out and each answer with a bound. */
final class RegistryCalls implements AutoCloseable {

    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_ANSWER_BYTES = 4 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RegistryEndpoint endpoint;
    private final HttpClient client;

    RegistryCalls(RegistryEndpoint endpoint, SSLContext trust) {
        this.endpoint = endpoint;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(trust)
                .build();
    }

    String url() {
        return endpoint.url();
    }

    RegistryAnswer get(String path) {
        return call("GET", path, BodyPublishers.noBody());
    }

    /** Sends a schema. */
    RegistryAnswer post(String path, String schema) {
        String body = MAPPER.createObjectNode().put("schema", schema).toString();
        return call("POST", path, BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    }

    private RegistryAnswer call(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.url() + path))
                .timeout(TIMEOUT)
                .header("Accept", JSON + ", application/json")
                .header("Content-Type", JSON)
                .method(method, body);
        if (!endpoint.user().isEmpty()) {
            request.header("Authorization", basic());
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            return new RegistryAnswer(response.statusCode(), parsed(response.body()), endpoint.user());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(
                    FailureKind.REGISTRY_UNREACHABLE, "Schema registry " + url() + ": the request was interrupted.", e);
        }
    }

    private SyncException unreachable(IOException e) {
        String place = "Schema registry " + url() + ": ";
        if (e instanceof HttpTimeoutException) {
            return new SyncException(
                    FailureKind.REGISTRY_UNREACHABLE, place + "no answer within " + TIMEOUT.toSeconds() + " s.", e);
        }
        if (e instanceof SSLException) {
            return new SyncException(
                    FailureKind.REGISTRY_UNREACHABLE,
                    place + "TLS failed: " + e.getMessage(),
                    "Check that this port speaks TLS, and that caCertificate of the connection or Java's own trust"
                            + " holds the authority of its certificate.",
                    e);
        }
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new SyncException(FailureKind.REGISTRY_UNREACHABLE, place + "it cannot be reached: " + why + ".", e);
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot fail to be read", e);
        }
    }

    private String basic() {
        String pair = endpoint.user() + ":" + endpoint.password().value();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
