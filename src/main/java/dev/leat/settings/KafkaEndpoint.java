package dev.leat.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the destination is and how to sign in.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param security encryption and sign-in
 * @param user SASL user; empty without sign-in
 * @param password its password
 * @param caCertificate PEM of the authority that signed the brokers' certificates; empty for the JVM's own trust
 * @param clientCertificate PEM of Leat's own certificate chain for mutual TLS; may be empty
 * @param clientKey PEM (PKCS#8) of its key
 * @param createTopics whether Leat may create topics
 * @param registry the schema registry beside it; null for none
 */
public record KafkaEndpoint(
        String bootstrapServers,
        KafkaSecurity security,
        String user,
        Secret password,
        String caCertificate,
        String clientCertificate,
        Secret clientKey,
        boolean createTopics,
        @Nullable RegistryEndpoint registry) {

    /** An endpoint without a schema registry. */
    public KafkaEndpoint(
            String bootstrapServers,
            KafkaSecurity security,
            String user,
            Secret password,
            String caCertificate,
            String clientCertificate,
            Secret clientKey,
            boolean createTopics) {
        this(
                bootstrapServers,
                security,
                user,
                password,
                caCertificate,
                clientCertificate,
                clientKey,
                createTopics,
                null);
    }

    /** An endpoint without encryption and sign-in, where topics may be created. */
    public static KafkaEndpoint plaintext(String bootstrapServers) {
        return new KafkaEndpoint(bootstrapServers, KafkaSecurity.PLAINTEXT, "", Secret.NONE, "", "", Secret.NONE, true);
    }

    /** The same with a schema registry beside it. */
    public KafkaEndpoint with(RegistryEndpoint beside) {
        return new KafkaEndpoint(
                bootstrapServers,
                security,
                user,
                password,
                caCertificate,
                clientCertificate,
                clientKey,
                createTopics,
                beside);
    }

    /** The schema registry beside it. */
    public Optional<RegistryEndpoint> schemaRegistry() {
        return Optional.ofNullable(registry);
    }
}
