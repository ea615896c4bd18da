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
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Asks one broker, at the very address that the user gave, which addresses its cluster advertises; Kafka's own clients
 * go to the advertised addresses at once, and cannot tell where they had them from when those are wrong.
 */
public final class BootstrapProbe {

    private static final String NAME = "leat-probe";
    private static final int SOCKET_BUFFER_BYTES = 64 << 10;

    private final KafkaClients clients;
    private final Duration limit;

    /** A probe that waits so long for the connection, and again for the answer. */
    public BootstrapProbe(KafkaClients clients, Duration limit) {
        this.clients = clients;
        this.limit = limit;
    }

    /**
     * An address that a broker gives to its clients.
     *
     * @param id the broker's id
     * @param host advertised host
     * @param port advertised port
     */
    public record Advertised(int id, String host, int port) {}

    /**
     * Connects, encrypts and signs in as the endpoint says, then asks for the cluster's brokers.
     *
     * @throws SyncException when the broker refuses or does not answer as Kafka
     */
    public List<Advertised> ask(String host, int port) {
        Node broker = new Node(-1, host, port);
        LogContext log = new LogContext();
        AdminClientConfig config = new AdminClientConfig(clients.common());
        try (Metrics metrics = new Metrics();
                ChannelBuilder channels = ClientUtils.createChannelBuilder(config, Time.SYSTEM, log);
                Selector selector = new Selector(limit.toMillis(), metrics, Time.SYSTEM, NAME, channels, log);
                NetworkClient client = client(selector, broker, log)) {
            if (!NetworkClientUtils.awaitReady(client, broker, Time.SYSTEM, limit.toMillis())) {
                throw new IOException("no answer within " + limit.toSeconds() + " s");
            }
            return brokers(client);
        } catch (IOException | KafkaException e) {
            throw KafkaFailures.of("Kafka " + host + ":" + port, e);
        }
    }

    private List<Advertised> brokers(NetworkClient client) throws IOException {
        var request = client.newClientRequest(
                "-1",
                new MetadataRequest.Builder(List.of(), false),
                Time.SYSTEM.milliseconds(),
                true,
                (int) limit.toMillis(),
                null);
        var response =
                NetworkClientUtils.sendAndReceive(client, request, Time.SYSTEM).responseBody();
        return ((MetadataResponse) response)
                .brokers().stream()
                        .map(node -> new Advertised(node.id(), node.host(), node.port()))
                        .toList();
    }

    private NetworkClient client(Selector selector, Node broker, LogContext log) {
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
                new ApiVersions(),
                log,
                MetadataRecoveryStrategy.NONE);
    }
}
