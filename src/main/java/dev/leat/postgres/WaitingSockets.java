package dev.leat.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives the driver sockets that can be waited on beside it. A read of the driver's own that runs into a time-out ends
 * the COPY, and in the middle of a message it loses the place; so the driver only reads once something is there. The
 * driver makes the factory itself from its name, hence the table of sockets by key.
 */
public final class WaitingSockets extends SocketFactory {

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
    public Socket createSocket() {
        WaitingSocket socket = new WaitingSocket();
        OPENED.put(key, socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new java.net.InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new java.net.InetSocketAddress(localHost, localPort));
        socket.connect(new java.net.InetSocketAddress(host, port));
        return socket;
    }
}
