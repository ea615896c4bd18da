package dev.leat.kafka;

import dev.leat.failure.SyncException;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes Kafka clients for an endpoint. */
public final class KafkaClients {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);

    /** The largest record that Leat ever sends, whatever a topic allows: 10 MiB. */
    public static final int MAX_RECORD_BYTES = 10 << 20;

    /** The largest request that Leat ever sends: such a record, or many small ones. */
    public static final int MAX_REQUEST_BYTES = MAX_RECORD_BYTES + (1 << 20);

    /** How many bytes a batch gathers at most. */
    static final int BATCH_BYTES = 256 << 10;

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);

    static {
        loadNativeLz4();
    }

    private final KafkaEndpoint endpoint;
    private final String clientId;
    private final int requestTimeoutMillis;
    private final int deliveryTimeoutMillis;

    /** Clients that call themselves by an id. */
    public KafkaClients(KafkaEndpoint endpoint, String clientId) {
        this(endpoint, clientId, REQUEST_TIMEOUT, DELIVERY_TIMEOUT);
    }

    /** Clients that give a request and a record up after other times than usual. */
    KafkaClients(KafkaEndpoint endpoint, String clientId, Duration requestTimeout, Duration deliveryTimeout) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.requestTimeoutMillis = (int) requestTimeout.toMillis();
        this.deliveryTimeoutMillis = (int) deliveryTimeout.toMillis();
    }

    /** Where the clients connect to. */
    public KafkaEndpoint endpoint() {
        return endpoint;
    }

    /**
     * A client for topics and their settings.
     *
     * @throws SyncException when no server has a known name, or a certificate cannot be read
     */
    public Admin admin() {
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * requestTimeoutMillis);
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka " + endpoint.bootstrapServers(), e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * A producer that keeps the order of records per partition.
     *
     * @param pace what it is made for
     * @param batchBytes how many bytes a batch gathers; a single larger record is sent alone
     */
    KafkaProducer<byte[], byte[]> producer(KafkaSettings settings, Pace pace, int batchBytes) {
        boolean idempotent = settings.acks() == dev.leat.settings.Acks.ALL;
        Map<String, Object> configs = common();
        configs.put(ProducerConfig.ACKS_CONFIG, settings.acks().kafkaName());
        configs.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, idempotent);
        // without idempotence a retry could overtake the batch behind it
        configs.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, idempotent ? pace.requestsInFlight() : 1);
        configs.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.compression().kafkaName());
        configs.put(ProducerConfig.LINGER_MS_CONFIG, pace.lingerMillis());
        configs.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
        configs.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 48L << 20);
        configs.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        configs.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, deliveryTimeoutMillis);
        configs.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryTimeoutMillis);
        configs.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
        return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What all clients are made with. */
    Map<String, Object> common() {
        Map<String, Object> configs = new HashMap<>();
        configs.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, endpoint.bootstrapServers());
        configs.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        configs.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, requestTimeoutMillis);
        configs.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        configs.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                endpoint.security().protocol());
        if (!endpoint.security().mechanism().isEmpty()) {
            configs.put(SaslConfigs.SASL_MECHANISM, endpoint.security().mechanism());
            configs.put(SaslConfigs.SASL_JAAS_CONFIG, jaas());
        }
        if (!endpoint.caCertificate().isEmpty()) {
            configs.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            configs.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, endpoint.caCertificate());
        }
        if (!endpoint.clientCertificate().isEmpty()) {
            configs.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
            configs.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, endpoint.clientCertificate());
            configs.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, endpoint.clientKey().value());
        }
        return configs;
    }

    private String jaas() {
        String module = endpoint.security().mechanism().equals("PLAIN")
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        return module + " required username=" + quoted(endpoint.user()) + " password="
                + quoted(endpoint.password().value()) + ";";
    }

    /**
     * From within a jar of jars the LZ4 library does not look for its native code by itself, and compresses at half the
     * speed; once the code is loaded, it is used. Where it cannot be loaded, the library's Java code serves.
     */
    private static void loadNativeLz4() {
        try {
            Class.forName("net.jpountz.lz4.LZ4Factory")
                    .getMethod("nativeInstance")
                    .invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.debug("LZ4 goes without native code", e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
