package dev.leat.metadata;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The port of the embedded PostgreSQL, the same from one start to the next, so that a server whose Leat was killed is
 * found again and adopted.
 */
final class EmbeddedPort {

    /** Below the range from which systems take ports for outgoing connections. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;
    private static final int PORT_LINE = 3;

    private final Path memory;
    private final Path postmaster;

    EmbeddedPort(DataDirectory directory, Path cluster) {
        this.memory = directory.resolve("postgres.port");
        this.postmaster = cluster.resolve("postmaster.pid");
    }

    /** The port of a server that still runs, else the one of the last start, else a free one; it is remembered. */
    int choose() throws IOException {
        OptionalInt running = running();
        int port = running.isPresent() ? running.getAsInt() : remembered().orElseGet(EmbeddedPort::free);
        Files.writeString(memory, port + "\n");
        return port;
    }

    /** From {@code postmaster.pid}: the process in the first line, the port in the fourth. */
    private OptionalInt running() throws IOException {
        if (!Files.exists(postmaster)) {
            return OptionalInt.empty();
        }
        List<String> lines = Files.readAllLines(postmaster);
        boolean alive = lines.size() > PORT_LINE
                && ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("postgres"))
                        .isPresent();
        return alive ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip())) : OptionalInt.empty();
    }

    private OptionalInt remembered() throws IOException {
        if (!Files.exists(memory)) {
            return OptionalInt.empty();
        }
        String text = Files.readString(memory).strip();
        int port = text.matches("\\d{4,5}") ? Integer.parseInt(text) : 0;
        return port > 0 && isFree(port) ? OptionalInt.of(port) : OptionalInt.empty();
    }

    private static int free() {
        SecureRandom random = new SecureRandom();
        return IntStream.generate(() -> random.nextInt(LOWEST, HIGHEST))
                .limit(TRIES)
                .filter(EmbeddedPort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port from " + LOWEST + " to " + HIGHEST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
