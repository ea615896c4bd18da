package dev.leat.kafka;

import dev.leat.failure.SyncException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/** One broker, asked at the very address that it is given; Kafka's own clients go on to the advertised one at once. */
final class OneBroker {

    private static final String NAME = "leat-probe";
    private static final String ID = "-1";
    private static final int SOCKET_BUFFER_BYTES = 64 << 10;

    private final KafkaClients clients;
    private final Duration limit;

    /** Brokers that are waited for so long when connecting, and again for each answer. */
    OneBroker(KafkaClients clients, Duration limit) {
        this.clients = clients;
        this.limit = limit;
    }

    /** What is asked once the connection stands. */
    interface Question<T> {

        T ask(Session session) throws IOException;
    }

    /** A connection that is encrypted and signed in as the endpoint says. */
    final class Session {

        private final NetworkClient client;
        private final ApiVersions versions;

        private Session(NetworkClient client, ApiVersions versions) {
            this.client = client;
            this.versions = versions;
        }

        /** What the broker says that it understands. */
        NodeApiVersions understands() {
            return versions.get(ID);
        }

        /** Sends a request and waits for the answer. */
        AbstractResponse send(AbstractRequest.Builder<?> request) throws IOException {
            var sent = client.newClientRequest(
                    ID, request, Time.SYSTEM.milliseconds(), true, (int) limit.toMillis(), null);
            return NetworkClientUtils.sendAndReceive(client, sent, Time.SYSTEM).responseBody();
        }
    }

    /**
     * Connects, encrypts and signs in as the endpoint says, then asks.
     *
     * @throws SyncException when the broker refuses or does not answer as Kafka
     */
    <T> T ask(String host, int port, Question<T> question) {
        Node broker = new Node(-1, host, port);
        LogContext log = new LogContext();
        AdminClientConfig config = new AdminClientConfig(clients.common());
        ApiVersions versions = new ApiVersions();
        try (Metrics metrics = new Metrics();
                ChannelBuilder channels = ClientUtils.createChannelBuilder(config, Time.SYSTEM, log);
                Selector selector = new Selector(limit.toMillis(), metrics, Time.SYSTEM, NAME, channels, log);
                NetworkClient client = client(selector, broker, versions, log)) {
            if (!NetworkClientUtils.awaitReady(client, broker, Time.SYSTEM, limit.toMillis())) {
                throw new IOException("no answer within " + limit.toSeconds() + " s");
            }
            return question.ask(new Session(client, versions));
        } catch (IOException | KafkaException e) {
            throw KafkaFailures.of("Kafka " + host + ":" + port, e);
        }
    }

    private NetworkClient client(Selector selector, Node broker, ApiVersions versions, LogContext log) {
        int millis = (int) limit.toMillis();
        return new NetworkClient(
                selector,
                new ManualMetadataUpdater(List.of(broker)),
                NAME,
                1,
                millis,
                millis,
                SOCKET_BUFFER_BYTES,
                SOCKET_BUFFER_BYTES,
                millis,
                millis,
                millis,
                Time.SYSTEM,
                true,
                versions,
                log,
                MetadataRecoveryStrategy.NONE);
    }
}
