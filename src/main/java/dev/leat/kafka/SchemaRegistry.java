package dev.leat.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.failure.SyncException;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.RegistryEndpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client of a schema registry with Confluent's REST interface. Every method throws a {@link SyncException} of a kind
 * of the registry that names the registry, the subject, what happened and what to do. Safe for several threads.
 */
public final class SchemaRegistry implements AutoCloseable {

    private final RegistryCalls calls;

    /** A client; nothing is opened before the first call. */
    public SchemaRegistry(KafkaEndpoint kafka, RegistryEndpoint registry) {
        this.calls = new RegistryCalls(registry, RegistryTrust.of(kafka.caCertificate()));
    }

    /**
     * Registers a schema under a subject, if it is not there already.
     *
     * @return its id, which consumers find it by
     */
    public int register(String subject, String schema) {
        RegistryAnswer answer = calls.post(versions(subject), schema);
        return answer.orRefused(place(subject), "the schema").path("id").asInt();
    }

    /** The id of a schema that was registered under a subject before. */
    public Optional<Integer> find(String subject, String schema) {
        RegistryAnswer answer = calls.post("/subjects/" + encoded(subject), schema);
        return answer.missing()
                ? Optional.empty()
                : Optional.of(answer.orRefused(place(subject), "the schema")
                        .path("id")
                        .asInt());
    }

    /** A schema by its id, as it stands in records; empty when there is none. */
    public Optional<String> schema(int id) {
        RegistryAnswer answer = calls.get("/schemas/ids/" + id);
        return answer.missing()
                ? Optional.empty()
                : Optional.of(
                        answer.orRefused("Schema registry " + calls.url() + ", schema " + id, "to tell the schema")
                                .path("schema")
                                .asText());
    }

    /** Why a schema may not follow the latest one of its subject, in the registry's own words; empty if it may. */
    public List<String> objections(String subject, String schema) {
        RegistryAnswer answer = calls.post("/compatibility" + versions(subject) + "/latest?verbose=true", schema);
        if (answer.missing()) {
            return List.of();
        }
        JsonNode body = answer.orRefused(place(subject), "the schema");
        if (body.path("is_compatible").asBoolean()) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        body.path("messages").forEach(message -> words.add(message.asText()));
        return words.isEmpty() ? List.of("it is not compatible with the latest schema") : words;
    }

    /** What the registry asks of schemas that follow each other, such as {@code BACKWARD}. */
    public String compatibilityLevel() {
        return calls.get("/config")
                .orRefused("Schema registry " + calls.url(), "to tell its configuration")
                .path("compatibilityLevel")
                .asText("unknown");
    }

    /** The same for one subject, which may differ. */
    public String compatibilityLevel(String subject) {
        RegistryAnswer answer = calls.get("/config/" + encoded(subject));
        return answer.missing()
                ? compatibilityLevel()
                : answer.orRefused(place(subject), "to tell its configuration")
                        .path("compatibilityLevel")
                        .asText("unknown");
    }

    @Override
    public void close() {
        calls.close();
    }

    private String place(String subject) {
        return "Schema registry " + calls.url() + ", subject " + subject;
    }

    private static String versions(String subject) {
        return "/subjects/" + encoded(subject) + "/versions";
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
