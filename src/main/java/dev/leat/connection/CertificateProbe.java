package dev.leat.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Looks at the certificate that a server shows, whoever signed it; sends nothing over the connection. */
final class CertificateProbe {

    /** PostgreSQL's request for encryption: its length, and a code in the place of a version (protocol 3, SSLRequest). */
    private static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array();

    private final HostPort address;
    private final int limitMillis;

    CertificateProbe(HostPort address, Duration limit) {
        this.address = address;
        this.limitMillis = (int) limit.toMillis();
    }

    /** The certificate of a PostgreSQL; empty when it shows none. */
    Optional<ShownCertificate> postgres() {
        return look(true);
    }

    /** The certificate of a server that speaks nothing but TLS; empty when it shows none. */
    Optional<ShownCertificate> plainTls() {
        return look(false);
    }

    private Optional<ShownCertificate> look(boolean asksFirst) {
        Seen seen = new Seen();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), limitMillis);
            socket.setSoTimeout(limitMillis);
            if (!asksFirst || agrees(socket)) {
                shakeHands(socket, seen);
            }
        } catch (IOException | GeneralSecurityException e) {
            // what was seen before a refusal, such as for want of a client's certificate, is seen all the same
            return seen.certificate();
        }
        return seen.certificate();
    }

    private static boolean agrees(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(SSL_REQUEST);
        out.flush();
        InputStream in = socket.getInputStream();
        return in.read() == 'S';
    }

    private void shakeHands(Socket socket, Seen seen) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {seen}, null);
        try (SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, address.host(), address.port(), false)) {
            tls.startHandshake();
        }
    }

    /** Notes the server's certificate. It trusts everybody, which is why nothing is ever sent where it is used. */
    private static final class Seen extends X509ExtendedTrustManager {

        private final AtomicReference<X509Certificate> first = new AtomicReference<>();

        Optional<ShownCertificate> certificate() {
            return Optional.ofNullable(first.get()).map(ShownCertificate::of);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            first.set(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            first.set(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            first.set(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException("never a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("never a server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("never a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
