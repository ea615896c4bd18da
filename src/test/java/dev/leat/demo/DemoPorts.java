package dev.leat.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;

/** The demo's ports: the same from one start to the next, since Leat's connections name them. */
final class DemoPorts {

    private static final int TRIES = 200;

    private final Path memory;
    private final Properties remembered = new Properties();
    private final Set<Integer> given = new HashSet<>();

    DemoPorts(Path memory) {
        this.memory = memory;
        if (Files.exists(memory)) {
            try (var reader = Files.newBufferedReader(memory)) {
                remembered.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + memory, e);
            }
        }
    }

    /** The port of the last start, else the preferred one; when that is taken, the next that is free. Remembered. */
    synchronized int of(String name, int preferred) {
        int port = nextFree(last(name, preferred));
        // whoever was given it before may not hold it yet
        while (!given.add(port)) {
            port = nextFree(port + 1);
        }
        remember(name, port);
        return port;
    }

    /** As {@link #of}, for a server whose process may have outlived its demo and still holds its port. */
    int ofProcess(String name, int preferred, Path pidFile) {
        return isAlive(pidFile) ? last(name, preferred) : of(name, preferred);
    }

    /** That port, or the next that is free on every address of this machine. */
    static int nextFree(int port) {
        return IntStream.range(port, port + TRIES)
                .filter(DemoPorts::isFree)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("No port from %d to %d is free".formatted(port, port + TRIES - 1)));
    }

    private int last(String name, int preferred) {
        return Integer.parseInt(remembered.getProperty(name, Integer.toString(preferred)));
    }

    private void remember(String name, int port) {
        remembered.setProperty(name, Integer.toString(port));
        try (var writer = Files.newBufferedWriter(memory)) {
            remembered.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + memory, e);
        }
    }

    /** From {@code postmaster.pid}, whose first line is the process. */
    private static boolean isAlive(Path pidFile) {
        if (!Files.exists(pidFile)) {
            return false;
        }
        try {
            long process = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            return ProcessHandle.of(process)
                    .flatMap(handle -> handle.info().command())
                    .filter(command -> command.endsWith("postgres"))
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pidFile, e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
