package dev.leat.postgres;

import dev.leat.fixture.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** A way to a server that can hold back the second half of what the server sends next. */
final class StallingProxy implements AutoCloseable {

    private static final int LEAST_BYTES = 1_000;

    private final Database target;
    private final ServerSocket listener;
    private volatile CountDownLatch stall;
    private volatile boolean stalled;

    StallingProxy(Database target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The target as it is reached through here. */
    Database database() {
        return new Database("127.0.0.1", listener.getLocalPort(), target.name(), target.user(), target.password());
    }

    /** Holds back half of the next large piece until {@link #release()}. */
    void stall() {
        stall = new CountDownLatch(1);
    }

    boolean stalled() {
        return stalled;
    }

    void release() {
        stall.countDown();
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var server = new Socket(target.host(), target.port());
                Thread.ofVirtual().start(() -> pump(client, server, false));
                Thread.ofVirtual().start(() -> pump(server, client, true));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pump(Socket from, Socket to, boolean fromServer) {
        var piece = new byte[1 << 16];
        try (from;
                to) {
            for (int count; (count = from.getInputStream().read(piece)) > 0; ) {
                var latch = stall;
                int first = fromServer && latch != null && latch.getCount() > 0 && count >= LEAST_BYTES ? count / 2 : 0;
                if (first > 0) {
                    to.getOutputStream().write(piece, 0, first);
                    stalled = true;
                    latch.await();
                }
                to.getOutputStream().write(piece, first, count - first);
            }
        } catch (IOException | InterruptedException e) {
            // the other side is gone
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
