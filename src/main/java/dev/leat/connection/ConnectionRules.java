package dev.leat.connection;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.Secret;
import dev.leat.settings.SslMode;
import dev.leat.settings.Violation;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that a connection must meet on its own, without a look at what it leads to. */
final class ConnectionRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9a-fA-F:.]{2,45}");
    private static final int MAX_PORT = 65_535;

    private final ConnectionDraft draft;
    private final List<Violation> violations = new ArrayList<>();

    private ConnectionRules(ConnectionDraft draft) {
        this.draft = draft;
    }

    /**
     * Checks all at once; the draft's secrets are those to be kept, so a mask that still stands there means none.
     *
     * @throws InvalidSettings with everything that is wrong
     */
    static void check(ConnectionDraft draft) {
        List<Violation> violations = new ConnectionRules(draft).violations();
        if (!violations.isEmpty()) {
            throw new InvalidSettings(violations);
        }
    }

    private List<Violation> violations() {
        if (draft.name() == null || !NAME.matcher(draft.name()).matches()) {
            add(
                    "name",
                    "A connection needs a name of 1 to 100 letters, digits, '.', '_' and '-'.",
                    "Choose a name" + " such as shop-db.");
        }
        switch (draft.kind()) {
            case null -> add("kind", "No kind is given.", "Give POSTGRESQL, ANALYTICDB_POSTGRESQL or KAFKA.");
            case POSTGRESQL, ANALYTICDB_POSTGRESQL -> source();
            case KAFKA -> kafka();
        }
        secret("password", draft.password());
        secret("clientKey", draft.clientKey());
        certificate("caCertificate", draft.caCertificate());
        certificate("clientCertificate", draft.clientCertificate());
        return violations;
    }

    private void source() {
        String host = draft.host();
        if (host == null || !HOST.matcher(host).matches()) {
            add(
                    "host",
                    "The host must be one name or address, without a port.",
                    "Write it like db.example.com or" + " 10.0.0.5.");
        }
        if (draft.port() != null && (draft.port() < 1 || draft.port() > MAX_PORT)) {
            add("port", "The port must be 1 to " + MAX_PORT + ".", "PostgreSQL's own is 5432.");
        }
        required("database", draft.database(), "Name the database to connect to.");
        required("user", draft.user(), "Name the role to sign in as.");
        SslMode mode = draft.sslMode();
        if (mode != null && mode.verifies() && draft.caCertificate() == null) {
            add(
                    "caCertificate",
                    "This sslMode checks the server's certificate, and no authority is given.",
                    "Paste" + " the PEM of the authority, or use the sslMode require.");
        }
        foreign("bootstrapServers", draft.bootstrapServers());
        foreign("security", draft.security());
        foreign("clientCertificate", draft.clientCertificate());
        foreign("clientKey", draft.clientKey());
        foreign("createTopics", draft.createTopics());
        foreign("schemaRegistry", draft.schemaRegistry());
    }

    private void kafka() {
        bootstrapServers();
        KafkaSecurity security = draft.security() == null ? KafkaSecurity.PLAINTEXT : draft.security();
        boolean signsIn = !security.mechanism().isEmpty();
        if (signsIn) {
            required("user", draft.user(), "Name the SASL user, or choose a security without SASL.");
            if (draft.password() == null) {
                add("password", "The password is missing.", "Give the SASL user's password.");
            }
        } else {
            unused("user", draft.user(), security);
            unused("password", draft.password(), security);
        }
        if ((draft.clientCertificate() == null) != (draft.clientKey() == null)) {
            add(
                    draft.clientKey() == null ? "clientKey" : "clientCertificate",
                    "Mutual TLS needs both a certificate and" + " its key.",
                    "Give both, or neither.");
        }
        registry();
        foreign("host", draft.host());
        foreign("port", draft.port());
        foreign("database", draft.database());
        foreign("sslMode", draft.sslMode());
    }

    private void bootstrapServers() {
        String servers = draft.bootstrapServers();
        if (servers == null || HostPort.parse(servers).isEmpty()) {
            add(
                    "bootstrapServers",
                    "The bootstrap servers must be host:port, several separated by commas.",
                    "Write" + " them like 10.0.0.7:9092,10.0.0.8:9092.");
        }
    }

    private void registry() {
        SchemaRegistry registry = draft.schemaRegistry();
        if (registry == null) {
            return;
        }
        if (!isHttp(registry.url())) {
            add(
                    "schemaRegistry.url",
                    "The address must begin with http:// or https://.",
                    "Write it like" + " http://10.0.0.9:8081.");
        }
        secret("schemaRegistry.password", registry.password());
    }

    private static boolean isHttp(@Nullable String url) {
        try {
            URI uri = URI.create(url == null ? "" : url);
            return uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void secret(String field, @Nullable Secret secret) {
        if (ConnectionSecrets.isMask(secret)) {
            add(
                    field,
                    "No secret is kept for this address with this encryption.",
                    "Type the secret again. '" + Secret.MASK
                            + "' stands for the one kept so far only while the address stays the same and the"
                            + " encryption becomes no weaker.");
        }
    }

    private void certificate(String field, @Nullable String pem) {
        if (pem == null) {
            return;
        }
        try {
            boolean any = !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            if (any) {
                return;
            }
        } catch (CertificateException unreadable) {
            // told below, as for a text without any certificate
        }
        add(
                field,
                "This is no certificate in PEM.",
                "Paste the text from -----BEGIN CERTIFICATE----- to -----END" + " CERTIFICATE-----.");
    }

    private void required(String field, @Nullable String value, String remedy) {
        if (value == null) {
            add(field, "The " + field + " is missing.", remedy);
        }
    }

    private void foreign(String field, @Nullable Object value) {
        if (value != null) {
            add(field, "The field does not apply to a connection of kind " + draft.kind() + ".", "Leave it out.");
        }
    }

    private void unused(String field, @Nullable Object value, KafkaSecurity security) {
        if (value != null) {
            add(
                    field,
                    "With the security " + security + " nobody signs in.",
                    "Leave it out, or choose a security with" + " SASL.");
        }
    }

    private void add(String field, String message, String remedy) {
        violations.add(new Violation(field, message, remedy));
    }
}
