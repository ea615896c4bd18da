package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom a client of the registry trusts: the authorities that Java knows, and the connection's own beside them. */
final class RegistryTrust {

    private RegistryTrust() {}

    /** The trust of a connection; empty PEM for Java's own alone. */
    static SSLContext of(String caCertificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(caCertificate), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Schema registry: the connection's caCertificate cannot be read: " + e.getMessage(),
                    "Paste the PEM of the authority once more.",
                    e);
        }
    }

    private static TrustManager[] trust(String caCertificate) throws GeneralSecurityException, IOException {
        TrustManagerFactory own = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        own.init((KeyStore) null);
        if (caCertificate.isEmpty()) {
            return own.getTrustManagers();
        }
        TrustManagerFactory both = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        both.init(store(own, caCertificate));
        return both.getTrustManagers();
    }

    private static KeyStore store(TrustManagerFactory own, String caCertificate)
            throws GeneralSecurityException, IOException {
        List<Certificate> authorities = new ArrayList<>(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(caCertificate.getBytes(StandardCharsets.UTF_8))));
        for (TrustManager manager : own.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                authorities.addAll(List.<X509Certificate>of(known.getAcceptedIssuers()));
            }
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), authorities.get(i));
        }
        return store;
    }
}
