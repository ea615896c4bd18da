package dev.leat.connection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.Secret;
import dev.leat.settings.SslMode;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the user sends it, unchecked; what a {@link ConnectionView} adds is passed over, so that one may be
 * sent back.
 *
 * @param name its name, which tasks refer to
 * @param kind what it leads to; decides which of the other fields apply
 * @param host of a source: host name or address
 * @param port of a source: TCP port; null for 5432
 * @param database of a source: the database
 * @param user the user or role to sign in as
 * @param password its password; {@code ***} leaves it as it is, where the address and the encryption do too
 * @param sslMode of a source: null for {@code prefer}
 * @param caCertificate PEM of the authority that signed the other end's certificate
 * @param bootstrapServers of Kafka: {@code host:port}, several separated by commas
 * @param security of Kafka: null for {@code PLAINTEXT}
 * @param clientCertificate of Kafka: PEM of Leat's own certificate chain for mutual TLS
 * @param clientKey of Kafka: PEM (PKCS#8) of its key; {@code ***} leaves it as it is
 * @param createTopics of Kafka: whether Leat may create topics; null for yes
 * @param schemaRegistry of Kafka: the registry beside it; null for none
 */
@JsonIgnoreProperties({"createdAt", "updatedAt", "version"})
public record ConnectionDraft(
        @Nullable String name,
        @Nullable ConnectionKind kind,
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
        @Nullable SchemaRegistry schemaRegistry) {

    /** Blank texts, as an empty field of a form sends them, become absent ones. */
    public ConnectionDraft {
        name = stripped(name);
        host = stripped(host);
        database = stripped(database);
        user = stripped(user);
        caCertificate = stripped(caCertificate);
        bootstrapServers = stripped(bootstrapServers);
        clientCertificate = stripped(clientCertificate);
        password = present(password);
        clientKey = present(clientKey);
        if (schemaRegistry != null && stripped(schemaRegistry.url()) == null) {
            schemaRegistry = null;
        }
    }

    ConnectionDraft withName(String other) {
        return new ConnectionDraft(
                other,
                kind,
                host,
                port,
                database,
                user,
                password,
                sslMode,
                caCertificate,
                bootstrapServers,
                security,
                clientCertificate,
                clientKey,
                createTopics,
                schemaRegistry);
    }

    ConnectionDraft withSecrets(ConnectionSecrets secrets) {
        SchemaRegistry registry = schemaRegistry == null
                ? null
                : new SchemaRegistry(schemaRegistry.url(), schemaRegistry.user(), secrets.registryPassword());
        return new ConnectionDraft(
                name,
                kind,
                host,
                port,
                database,
                user,
                secrets.password(),
                sslMode,
                caCertificate,
                bootstrapServers,
                security,
                clientCertificate,
                secrets.clientKey(),
                createTopics,
                registry);
    }

    ConnectionSecrets secrets() {
        return new ConnectionSecrets(password, clientKey, schemaRegistry == null ? null : schemaRegistry.password());
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable Secret present(@Nullable Secret secret) {
        return secret == null || secret.isEmpty() ? null : secret;
    }
}
