package dev.leat.kafka;

import dev.leat.failure.SyncException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * Asks one broker, at the very address that the user gave, which addresses its cluster advertises; Kafka's own clients
 * go to the advertised addresses at once, and cannot tell where they had them from when those are wrong.
 */
public final class BootstrapProbe {

    private final OneBroker brokers;

    /** A probe that waits so long for the connection, and again for the answer. */
    public BootstrapProbe(KafkaClients clients, Duration limit) {
        this.brokers = new OneBroker(clients, limit);
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
        MetadataResponse answer = brokers.ask(
                host, port, session -> (MetadataResponse) session.send(new MetadataRequest.Builder(List.of(), false)));
        return answer.brokers().stream()
                .map(node -> new Advertised(node.id(), node.host(), node.port()))
                .toList();
    }
}
