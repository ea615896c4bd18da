package dev.leat.connection;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBrokerCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/** Answers just enough as a Kafka broker to advertise an address that is not its own. */
final class FakeBroker implements AutoCloseable {

    private final ServerSocket listener;
    private final HostPort advertised;

    FakeBroker(HostPort advertised) throws IOException {
        this.advertised = advertised;
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
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                var header = RequestHeader.parse(ByteBuffer.wrap(in.readNBytes(in.readInt())));
                var answer = header.toResponseHeader();
                var bytes = RequestUtils.serialize(
                        answer.data(), answer.headerVersion(), answer(header), header.apiVersion());
                out.writeInt(bytes.remaining());
                out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
            }
        } catch (EOFException | SocketException closed) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiMessage answer(RequestHeader request) {
        if (request.apiKey() == ApiKeys.API_VERSIONS) {
            var apis = new ApiVersionCollection();
            apis.add(api(ApiKeys.API_VERSIONS));
            apis.add(api(ApiKeys.METADATA));
            return new ApiVersionsResponseData().setApiKeys(apis);
        }
        var brokers = new MetadataResponseBrokerCollection();
        brokers.add(new MetadataResponseBroker()
                .setNodeId(1)
                .setHost(advertised.host())
                .setPort(advertised.port()));
        return new MetadataResponseData().setBrokers(brokers).setControllerId(1);
    }

    private static ApiVersion api(ApiKeys key) {
        return new ApiVersion()
                .setApiKey(key.id)
                .setMinVersion(key.oldestVersion())
                .setMaxVersion(key.latestVersion());
    }
}
