package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a precheck that is given up half-way: between ends that take a connection and never answer. */
@Timeout(60)
class GivenUpIT {

    private final Queue<Socket> opened = new ConcurrentLinkedQueue<>();
    private ServerSocket silent;

    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
        for (var socket : opened) {
            socket.close();
        }
    }

    @Test
    void noConnectionAndNoThreadIsLeftOfAPrecheckThatTookTooLong() throws Exception {
        var source = new SourceEndpoint(
                SourceKind.POSTGRESQL,
                "127.0.0.1",
                silent.getLocalPort(),
                "shop",
                "leat",
                Secret.NONE,
                SslMode.DISABLE,
                "");
        var plan = new PrecheckPlan(
                "leat-given-up",
                TaskDraft.everything().exactlyOnce().settings(),
                source,
                KafkaEndpoint.plaintext("127.0.0.1:" + silent.getLocalPort()),
                false);

        var report = new Precheck(Checks.ALL, Duration.ofSeconds(1)).run(plan, item -> {});

        assertThat(report.items())
                .filteredOn(item -> item.outcome() instanceof Outcome.CouldNotRun)
                .extracting(PrecheckItem::outcome)
                .contains(new Outcome.CouldNotRun("Not done within 1 s."));
        assertThat(opened).as("what was tried").isNotEmpty();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(threads()).isEmpty();
            assertThat(opened).allMatch(GivenUpIT::isClosedByTheOtherSide);
        });
    }

    /** Threads of clients that call themselves as the precheck does. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("leat-given-up") || name.contains("PostgreSQL JDBC driver connection"))
                .toList();
    }

    private static boolean isClosedByTheOtherSide(Socket socket) {
        try {
            socket.setSoTimeout(10);
            while (socket.getInputStream().read() >= 0) {
                // what it said before it went
            }
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private void accept() {
        while (!silent.isClosed()) {
            try {
                opened.add(silent.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }
}
