package dev.leat.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.net.HttpURLConnection;

/**
 * What a schema registry answered.
 *
 * @param status HTTP status
 * @param body its JSON; a missing node where it was none
 * @param user who asked; empty for nobody
 */
record RegistryAnswer(int status, JsonNode body, String user) {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_WORDS = 600;

    /** Whether subject, version or schema are not there. */
    boolean missing() {
        return status == HttpURLConnection.HTTP_NOT_FOUND
                && body.path("error_code").asInt() / 100 == 404;
    }

    /**
     * The body of an answer that went well.
     *
     * @param place the registry, and the subject where there is one
     * @param what that which was asked for
     * @throws SyncException for any other
     */
    JsonNode orRefused(String place, String what) {
        if (status / 100 == 2 && !body.isMissingNode()) {
            return body;
        }
        throw switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED -> unauthorized(place);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                failure(
                        FailureKind.REGISTRY_AUTHENTICATION,
                        place + ": the user " + user + " may not do this (403)",
                        "Grant the user the right to read and write this subject.");
            case HttpURLConnection.HTTP_CONFLICT ->
                failure(
                        FailureKind.REGISTRY_REFUSED,
                        place + ": the schema is not compatible with those before it (409)",
                        "Change the subject's compatibility level, delete the subject, or choose another topic or"
                                + " value.subject.name.strategy.");
            case TOO_MANY_REQUESTS ->
                failure(
                        FailureKind.REGISTRY_UNREACHABLE,
                        place + ": too many requests (429)",
                        "Nothing, or raise its limit.");
            default -> other(place, what);
        };
    }

    private SyncException unauthorized(String place) {
        String who = user.isEmpty() ? "it asks for a user and a password" : "it does not accept the user " + user;
        return failure(
                FailureKind.REGISTRY_AUTHENTICATION,
                place + ": " + who + " (401)",
                "Correct schemaRegistry.user and schemaRegistry.password of the connection.");
    }

    private SyncException other(String place, String what) {
        if (status / 100 == 5) {
            return failure(
                    FailureKind.REGISTRY_UNREACHABLE,
                    place + ": it failed (" + status + ")",
                    "Look into the registry's own log for the cause.");
        }
        boolean registry = body.has("error_code");
        return failure(
                FailureKind.REGISTRY_REFUSED,
                place + ": it refused " + what + " (" + status + ")",
                registry
                        ? FailureKind.REGISTRY_REFUSED.remedy()
                        : "Check that schemaRegistry.url of the connection is the root of a schema registry's REST"
                                + " interface.");
    }

    private SyncException failure(FailureKind kind, String what, String remedy) {
        String words = body.path("message").asText("");
        String said = words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "…" : words;
        return new SyncException(kind, what + (said.isBlank() ? "." : ": " + said), remedy, null);
    }
}
