package dev.leat.connection;

import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SslMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns connections that were checked into what the engine takes. */
final class Endpoints {

    private static final int POSTGRES_PORT = 5432;

    private Endpoints() {}

    /** What the user left out is filled in, so that it shows. */
    static ConnectionDraft withDefaults(ConnectionDraft draft) {
        boolean kafka = draft.kind() == ConnectionKind.KAFKA;
        return new ConnectionDraft(
                draft.name(),
                draft.kind(),
                draft.host(),
                kafka || draft.port() != null ? draft.port() : Integer.valueOf(POSTGRES_PORT),
                draft.database(),
                draft.user(),
                draft.password(),
                kafka || draft.sslMode() != null ? draft.sslMode() : SslMode.PREFER,
                draft.caCertificate(),
                draft.bootstrapServers(),
                !kafka || draft.security() != null ? draft.security() : KafkaSecurity.PLAINTEXT,
                draft.clientCertificate(),
                draft.clientKey(),
                !kafka || draft.createTopics() != null ? draft.createTopics() : Boolean.TRUE,
                draft.schemaRegistry());
    }

    static SourceEndpoint source(ConnectionDraft checked) {
        return new SourceEndpoint(
                Objects.requireNonNull(checked.kind()).sourceKind(),
                text(checked.host()),
                Objects.requireNonNull(checked.port()),
                text(checked.database()),
                text(checked.user()),
                secret(checked.password()),
                Objects.requireNonNull(checked.sslMode()),
                text(checked.caCertificate()));
    }

    static KafkaEndpoint kafka(ConnectionDraft checked) {
        return new KafkaEndpoint(
                text(checked.bootstrapServers()),
                Objects.requireNonNull(checked.security()),
                text(checked.user()),
                secret(checked.password()),
                text(checked.caCertificate()),
                text(checked.clientCertificate()),
                secret(checked.clientKey()),
                !Boolean.FALSE.equals(checked.createTopics()),
                registry(checked.schemaRegistry()));
    }

    private static @Nullable RegistryEndpoint registry(@Nullable SchemaRegistry registry) {
        return registry == null
                ? null
                : new RegistryEndpoint(text(registry.url()), text(registry.user()), secret(registry.password()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Secret secret(@Nullable Secret value) {
        return value == null ? Secret.NONE : value;
    }
}
