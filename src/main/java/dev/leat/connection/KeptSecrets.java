package dev.leat.connection;

import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.SslMode;
import java.net.URI;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the mask stand for a secret kept so far only while the secret goes the way that it went before: to no other
 * address and with no weaker encryption. Otherwise who may change connections could have it sent to a server of his own.
 */
final class KeptSecrets {

    private final ConnectionDraft before;
    private final ConnectionDraft next;

    KeptSecrets(ConnectionDraft before, ConnectionDraft next) {
        this.before = Endpoints.withDefaults(before);
        this.next = Endpoints.withDefaults(next);
    }

    /** The secrets of the next draft; a mask that stands for none is left. */
    ConnectionSecrets filled() {
        ConnectionSecrets kept = before.secrets();
        boolean sameWay = sameWay();
        return next.secrets()
                .keeping(new ConnectionSecrets(
                        sameWay ? kept.password() : null,
                        sameWay ? kept.clientKey() : null,
                        sameRegistry() ? kept.registryPassword() : null));
    }

    private boolean sameWay() {
        if (before.kind() == null
                || next.kind() == null
                || before.kind().isSource() != next.kind().isSource()) {
            return false;
        }
        return before.kind().isSource() ? sameSource() : sameKafka();
    }

    private boolean sameSource() {
        SslMode mode = Objects.requireNonNull(before.sslMode());
        return Objects.toString(before.host()).equalsIgnoreCase(Objects.toString(next.host()))
                && Objects.equals(before.port(), next.port())
                && mode.compareTo(Objects.requireNonNull(next.sslMode())) <= 0
                && (!mode.verifies() || sameAuthority());
    }

    private boolean sameKafka() {
        KafkaSecurity security = Objects.requireNonNull(before.security());
        return servers(before).containsAll(servers(next))
                && Objects.requireNonNull(next.security()).protectsAsWellAs(security)
                && (!security.encrypts() || sameAuthority());
    }

    private boolean sameRegistry() {
        URI registry = address(before.schemaRegistry());
        URI other = address(next.schemaRegistry());
        return Objects.equals(registry.getScheme(), other.getScheme())
                && Objects.equals(registry.getAuthority(), other.getAuthority())
                && (!"https".equals(registry.getScheme()) || sameAuthority());
    }

    private boolean sameAuthority() {
        return Objects.equals(before.caCertificate(), next.caCertificate());
    }

    private static Set<HostPort> servers(ConnectionDraft kafka) {
        return new HashSet<>(HostPort.parse(Objects.toString(kafka.bootstrapServers())));
    }

    private static URI address(@Nullable SchemaRegistry registry) {
        try {
            return URI.create(registry == null ? "" : Objects.toString(registry.url(), ""));
        } catch (IllegalArgumentException notAnAddress) {
            return URI.create("");
        }
    }
}
