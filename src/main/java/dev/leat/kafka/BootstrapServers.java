package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.KafkaEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that the user gave: Kafka's own clients try them over and over until a time-out that tells no cause, where
 * a connection that is refused tells it at once.
 */
final class BootstrapServers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String servers;

    BootstrapServers(KafkaEndpoint endpoint) {
        this.servers = endpoint.bootstrapServers();
    }

    /**
     * Connects to one of them, and no more.
     *
     * @throws SyncException of kind {@code DESTINATION_UNREACHABLE} when none takes a connection
     */
    void reach() {
        List<String> refusals = new ArrayList<>();
        for (String server : servers.split(",")) {
            String address = server.strip();
            int colon = address.lastIndexOf(':');
            if (!address.substring(colon + 1).matches("\\d{1,5}")) {
                // Kafka's client says best what is wrong with it
                return;
            }
            try {
                reach(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
                return;
            } catch (IOException e) {
                refusals.add(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }
        throw new SyncException(
                FailureKind.DESTINATION_UNREACHABLE,
                "Kafka " + servers + ": no bootstrap server takes a connection ("
                        + String.join(", ", refusals.stream().distinct().toList()) + ").");
    }

    /** A name may stand for several machines, of which one is enough. */
    private static void reach(String host, int port) throws IOException {
        IOException last = new IOException("unknown host " + host);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        for (InetAddress address : InetAddress.getAllByName(bare)) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
