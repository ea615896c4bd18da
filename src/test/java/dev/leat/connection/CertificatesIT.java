package dev.leat.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.connection.ConnectivityReport.Name;
import dev.leat.connection.ConnectivityReport.Outcome;
import dev.leat.connection.ConnectivityReport.Step;
import dev.leat.fixture.Certificate;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the connectivity test says of the certificate that a server shows. */
@Timeout(60)
class CertificatesIT {

    private static final Certificate SHOWN = Certificate.generate();
    private static final Certificate OTHER = Certificate.generate();
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock LATER = Clock.offset(NOW, Duration.ofDays(5));

    @Test
    void showsNamesAndDatesOfAServersCertificate() throws Exception {
        try (var server = new TlsServer(true)) {
            assertThat(new CertificateProbe(server.address(), Duration.ofSeconds(5)).postgres())
                    .hasValueSatisfying(certificate -> {
                        assertThat(certificate.subject()).isEqualTo("CN=localhost");
                        assertThat(certificate.names()).containsExactlyInAnyOrder("127.0.0.1", "localhost");
                        assertThat(certificate.described(NOW))
                                .contains("CN=localhost (", "signed by itself", "expires in 2 days");
                        assertThat(certificate.remedy(NOW)).isEmpty();
                        assertThat(certificate.remedy(LATER))
                                .hasValueSatisfying(remedy -> assertThat(remedy).contains("expired on"));
                    });
        }
    }

    @Test
    void tellsWhatASourceShowsWhenItsAuthorityIsNotKnown() throws Exception {
        try (var server = new TlsServer(true)) {
            var endpoint = new SourceEndpoint(
                    SourceKind.POSTGRESQL,
                    "127.0.0.1",
                    server.address().port(),
                    "shop",
                    "leat",
                    Secret.NONE,
                    SslMode.VERIFY_FULL,
                    OTHER.certificate());

            var step = failed(new SourceTrial(endpoint, NOW).run());
            assertThat(step.message()).contains("The server shows a certificate for CN=localhost");
            assertThat(step.remedy()).contains("caCertificate");
            assertThat(failed(new SourceTrial(endpoint, LATER).run()).remedy()).contains("expired on");
        }
    }

    @Test
    void showsTheCertificateWhereNobodyChecksIt() throws Exception {
        try (var server = new TlsServer(true)) {
            var endpoint = new SourceEndpoint(
                    SourceKind.POSTGRESQL,
                    "127.0.0.1",
                    server.address().port(),
                    "shop",
                    "leat",
                    Secret.NONE,
                    SslMode.REQUIRE,
                    "");

            var step = new SourceTrial(endpoint, NOW)
                    .run().steps().stream()
                            .filter(s -> s.step() == Name.TLS)
                            .findFirst()
                            .orElseThrow();

            assertThat(step.outcome()).as(step.toString()).isEqualTo(Outcome.OK);
            assertThat(step.message()).contains("sslMode require", "CN=localhost", "valid from", "signed by itself");
        }
    }

    @Test
    void tellsWhatABrokerShowsWhenItsAuthorityIsNotKnown() throws Exception {
        try (var server = new TlsServer(false)) {
            var endpoint = new KafkaEndpoint(
                    server.address().toString(),
                    KafkaSecurity.TLS,
                    "",
                    Secret.NONE,
                    OTHER.certificate(),
                    "",
                    Secret.NONE,
                    true);

            var step = failed(new KafkaTrial(endpoint, NOW).run());
            assertThat(step.message()).contains("The server shows a certificate for CN=localhost");
            assertThat(step.remedy()).contains("caCertificate");
        }
    }

    private static Step failed(ConnectivityReport report) {
        var step = report.steps().stream()
                .filter(s -> s.outcome() == Outcome.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(step.step()).as(report.toString()).isEqualTo(Name.TLS);
        return step;
    }

    /** Shakes hands as a server and says nothing more; first in clear, as PostgreSQL does, when asked for it. */
    private static final class TlsServer implements AutoCloseable {

        private final javax.net.ssl.SSLContext context;
        private final ServerSocket listener;
        private final boolean asksFirst;

        TlsServer(boolean asksFirst) throws Exception {
            this.asksFirst = asksFirst;
            this.context = context();
            this.listener = new ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::accept);
        }

        HostPort address() {
            return new HostPort("127.0.0.1", listener.getLocalPort());
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    var socket = listener.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(java.net.Socket socket) {
            try (socket) {
                if (asksFirst) {
                    socket.getInputStream().readNBytes(8);
                    socket.getOutputStream().write('S');
                }
                try (var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", 0, true)) {
                    tls.setUseClientMode(false);
                    tls.startHandshake();
                    tls.getInputStream().read();
                }
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }

        private static javax.net.ssl.SSLContext context() throws Exception {
            var body = SHOWN.key().replaceAll("-----[A-Z ]+-----|\\s", "");
            var key = java.security.KeyFactory.getInstance("RSA")
                    .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(
                            java.util.Base64.getDecoder().decode(body)));
            var certificate = java.security.cert.CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(
                            SHOWN.certificate().getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            var store = java.security.KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], new java.security.cert.Certificate[] {certificate});
            var keys = javax.net.ssl.KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            var made = javax.net.ssl.SSLContext.getInstance("TLS");
            made.init(keys.getKeyManagers(), null, null);
            return made;
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
