package dev.leat.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A socket that can be asked to wait until something arrives, without taking it away from its reader. */
final class WaitingSocket extends Socket {

    private @Nullable Input input;

    @Override
    public InputStream getInputStream() throws IOException {
        return input();
    }

    /**
     * Waits for the first byte.
     *
     * @return whether something arrived, be it the end of the stream
     */
    boolean await(Duration limit) throws IOException {
        int timeout = getSoTimeout();
        setSoTimeout((int) limit.toMillis());
        try {
            return input().fill();
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            if (!isClosed()) {
                setSoTimeout(timeout);
            }
        }
    }

    private Input input() throws IOException {
        Input known = input;
        if (known == null) {
            known = new Input(super.getInputStream());
            input = known;
        }
        return known;
    }

    /** Hands out what waiting has brought before it reads on. */
    private static final class Input extends InputStream {

        private final InputStream socket;
        private final byte[] ahead = new byte[8 << 10];
        private int from;
        private int to;

        Input(InputStream socket) {
            this.socket = socket;
        }

        boolean fill() throws IOException {
            if (from == to) {
                from = 0;
                to = 0;
                to = Math.max(socket.read(ahead), 0);
            }
            return true;
        }

        @Override
        public int read() throws IOException {
            return from < to ? ahead[from++] & 0xff : socket.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (from == to) {
                return socket.read(target, offset, length);
            }
            int count = Math.min(length, to - from);
            System.arraycopy(ahead, from, target, offset, count);
            from += count;
            return count;
        }

        @Override
        public int available() throws IOException {
            return to - from + socket.available();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
