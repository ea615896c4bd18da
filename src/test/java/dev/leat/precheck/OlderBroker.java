package dev.leat.precheck;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/** A real broker that is made to look like an old one: it no longer says that it understands newer METADATA requests. */
final class OlderBroker implements AutoCloseable {

    private final ServerSocket listener;
    private final String broker;
    private final short metadataVersion;

    OlderBroker(String broker, int metadataVersion) throws IOException {
        this.broker = broker;
        this.metadataVersion = (short) metadataVersion;
        this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String bootstrap() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                String[] address = broker.split(":");
                Socket server = new Socket(address[0], Integer.parseInt(address[1]));
                var asked = new LinkedBlockingQueue<RequestHeader>();
                Thread.ofVirtual().start(() -> carry(client, server, asked, true));
                Thread.ofVirtual().start(() -> carry(server, client, asked, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** A broker answers the requests of a connection in their order. */
    private void carry(Socket from, Socket to, LinkedBlockingQueue<RequestHeader> asked, boolean requests) {
        try (from;
                to) {
            var in = new DataInputStream(from.getInputStream());
            var out = new DataOutputStream(to.getOutputStream());
            while (true) {
                byte[] frame = in.readNBytes(in.readInt());
                if (requests) {
                    asked.add(RequestHeader.parse(ByteBuffer.wrap(frame)));
                } else {
                    frame = older(frame, asked.take());
                }
                out.writeInt(frame.length);
                out.write(frame);
            }
        } catch (IOException closed) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] older(byte[] frame, RequestHeader request) {
        if (request.apiKey() != ApiKeys.API_VERSIONS) {
            return frame;
        }
        var versions = (ApiVersionsResponse) AbstractResponse.parseResponse(ByteBuffer.wrap(frame), request);
        versions.data().apiKeys().find(ApiKeys.METADATA.id).setMaxVersion(metadataVersion);
        var header = request.toResponseHeader();
        ByteBuffer bytes =
                RequestUtils.serialize(header.data(), header.headerVersion(), versions.data(), request.apiVersion());
        byte[] changed = new byte[bytes.remaining()];
        bytes.get(changed);
        return changed;
    }
}
