package dev.leat.postgres;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the driver sockets that can be waited on beside it. A read of the driver's own that runs into a time-out ends
 * the COPY, and in the middle of a message it loses the place; so the driver only reads once something is there. The
 * driver makes the factory itself from its name, hence the table of sockets by key.
 */
public final class WaitingSockets extends SourceSockets {

    private static final Map<String, WaitingSocket> OPENED = new ConcurrentHashMap<>();

    private final String key;

    /** A factory whose last socket is kept under a key until it is taken. */
    public WaitingSockets(String key) {
        this.key = key;
    }

    /** The socket of the session that was opened with a key; forgotten from here on. */
    static @Nullable WaitingSocket take(String key) {
        return OPENED.remove(key);
    }

    @Override
    public Socket createSocket() throws IOException {
        WaitingSocket socket = probing(new WaitingSocket());
        OPENED.put(key, socket);
        return socket;
    }
}
