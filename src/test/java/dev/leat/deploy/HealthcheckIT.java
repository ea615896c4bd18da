package dev.leat.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image's health check, as the container engine runs it, against a server that answers as it is told. */
final class HealthcheckIT {

    private static final Path BASH = Path.of("/bin/bash");

    @BeforeAll
    static void needsBash() {
        assumeTrue(Files.isExecutable(BASH), "no bash on this machine; the image has one");
    }

    @Test
    void passesWhenTheServiceIsReady() throws Exception {
        assertThat(checkAgainst(200)).isZero();
    }

    @Test
    void failsWhileTheServiceIsNotReady() throws Exception {
        assertThat(checkAgainst(503)).isEqualTo(1);
    }

    @Test
    void failsWhereNothingListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(check("SERVER_PORT", free)).isEqualTo(1);
    }

    @Test
    void asksTheManagementPortWhereThereIsOne() throws Exception {
        HttpServer server = server(200, new CopyOnWriteArrayList<>());
        try {
            assertThat(check("MANAGEMENT_SERVER_PORT", server.getAddress().getPort()))
                    .isZero();
        } finally {
            server.stop(0);
        }
    }

    private static int checkAgainst(int status) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = server(status, asked);
        try {
            int result = check("SERVER_PORT", server.getAddress().getPort());
            assertThat(asked).containsExactly("/actuator/health/readiness");
            return result;
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer server(int status, List<String> asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int check(String variable, int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(BASH.toString(), "docker/healthy");
        builder.environment().remove("SERVER_PORT");
        builder.environment().put(variable, String.valueOf(port));
        Process process = builder.inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
