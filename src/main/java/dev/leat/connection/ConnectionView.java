package dev.leat.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.Secret;
import dev.leat.settings.SslMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is shown: the fields of {@link ConnectionDraft} that apply to its kind, secrets as {@code ***}.
 *
 * @param createdAt when it was registered
 * @param updatedAt when it was last changed
 * @param version grows with every change, for {@code If-Match}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionView(
        String name,
        ConnectionKind kind,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String database,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable SslMode sslMode,
        @Nullable String caCertificate,
        @Nullable String bootstrapServers,
        @Nullable KafkaSecurity security,
        @Nullable String clientCertificate,
        @Nullable Secret clientKey,
        @Nullable Boolean createTopics,
        @Nullable SchemaRegistry schemaRegistry,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** Host and port, or the bootstrap servers. */
    public String address() {
        return bootstrapServers == null ? host + ":" + port : bootstrapServers;
    }

    static ConnectionView of(
            ConnectionKind kind, ConnectionDraft masked, Instant createdAt, Instant updatedAt, long version) {
        return new ConnectionView(
                String.valueOf(masked.name()),
                kind,
                masked.host(),
                masked.port(),
                masked.database(),
                masked.user(),
                masked.password(),
                masked.sslMode(),
                masked.caCertificate(),
                masked.bootstrapServers(),
                masked.security(),
                masked.clientCertificate(),
                masked.clientKey(),
                masked.createTopics(),
                masked.schemaRegistry(),
                createdAt,
                updatedAt,
                version);
    }
}
