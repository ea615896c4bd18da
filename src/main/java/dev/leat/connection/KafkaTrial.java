package dev.leat.connection;

import dev.leat.connection.ConnectivityReport.Name;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.BootstrapProbe;
import dev.leat.kafka.BootstrapProbe.Advertised;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.Topics;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.RegistryEndpoint;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

/** Tries a Kafka: names, sockets, encryption, sign-in, and whether the advertised addresses can be reached; then the registry. */
final class KafkaTrial {

    private static final Duration RESOLVE_LIMIT = Duration.ofSeconds(5);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SIGN_IN_LIMIT = Duration.ofSeconds(8);
    private static final Duration READ_LIMIT = Duration.ofSeconds(9);
    private static final Duration REGISTRY_LIMIT = Duration.ofSeconds(6);
    private static final Duration ADVERTISED_LIMIT = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final int MAX_ADVERTISED = 3;

    private final KafkaEndpoint endpoint;
    private final KafkaClients clients;
    private final Clock clock;
    private final List<HostPort> servers;
    private @Nullable HostPort reachable;
    private List<Advertised> advertised = List.of();
    private @Nullable SyncException refusal;

    KafkaTrial(KafkaEndpoint endpoint) {
        this(endpoint, Clock.systemUTC());
    }

    /** A trial at some time, which the dates of certificates are held against. */
    KafkaTrial(KafkaEndpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.clients = new KafkaClients(endpoint, "leat-test");
        this.servers = HostPort.parse(endpoint.bootstrapServers());
    }

    ConnectivityReport run() {
        Steps steps = new Steps();
        steps.run(Name.RESOLVE, RESOLVE_LIMIT, () -> firstThatWorks(server -> Tcp.resolve(server.host())));
        steps.run(Name.CONNECT, CONNECT_LIMIT.plus(MARGIN), () -> firstThatWorks(this::connect));
        if (endpoint.security().encrypts()) {
            steps.run(Name.TLS, SIGN_IN_LIMIT.plus(ADVERTISED_LIMIT).plus(ADVERTISED_LIMIT), this::encrypt);
        }
        steps.run(Name.SIGN_IN, SIGN_IN_LIMIT, this::signIn);
        steps.run(Name.READ, READ_LIMIT, this::read);
        endpoint.schemaRegistry()
                .ifPresent(registry -> steps.run(Name.REGISTRY, REGISTRY_LIMIT, () -> registry(registry)));
        return steps.report();
    }

    /** One server that works is enough, as it is for Kafka's clients. */
    private String firstThatWorks(Trial trial) {
        List<String> failures = new ArrayList<>();
        StepFailed last = null;
        for (HostPort server : servers) {
            try {
                String found = trial.of(server);
                return failures.isEmpty() ? found : found + " But: " + String.join(" ", failures);
            } catch (StepFailed e) {
                last = e;
                failures.add(e.getMessage());
            }
        }
        throw new StepFailed(
                String.join(" ", failures), last == null ? "Give bootstrap servers." : last.remedy(), last);
    }

    private String connect(HostPort server) {
        String found = Tcp.connect(server, CONNECT_LIMIT.dividedBy(servers.size()));
        reachable = server;
        return found;
    }

    /** A refusal that comes after the encryption is left to the next step. */
    private String encrypt() {
        HostPort server = reachable == null ? servers.getFirst() : reachable;
        Optional<ShownCertificate> shown = new CertificateProbe(server, ADVERTISED_LIMIT).plainTls();
        String described =
                shown.map(certificate -> " " + certificate.described(clock)).orElse("");
        ask();
        if (refusal != null && isAboutTls(refusal)) {
            throw new StepFailed(
                    refusal.getMessage() + described,
                    shown.flatMap(certificate -> certificate.remedy(clock))
                            .orElse("Check that this port speaks TLS, that caCertificate is the authority of the"
                                    + " brokers' certificates and that their names match the bootstrap servers."),
                    refusal);
        }
        return "Encrypted." + described;
    }

    private String signIn() {
        if (advertised.isEmpty() && refusal == null) {
            ask();
        }
        if (refusal != null) {
            throw new StepFailed(refusal.getMessage(), remedy(refusal), refusal);
        }
        return endpoint.security().mechanism().isEmpty()
                ? reachable + " answers as Kafka; nobody signs in."
                : "Signed in as " + endpoint.user() + ".";
    }

    private void ask() {
        HostPort server = reachable == null ? servers.getFirst() : reachable;
        try {
            advertised = new BootstrapProbe(clients, SIGN_IN_LIMIT.minus(MARGIN).dividedBy(2))
                    .ask(server.host(), server.port());
        } catch (SyncException e) {
            refusal = e;
        }
    }

    private String read() {
        for (Advertised broker : advertised.subList(0, Math.min(MAX_ADVERTISED, advertised.size()))) {
            reach(broker);
        }
        try {
            int topics = new Topics(clients).names("").size();
            return advertised.size()
                    + (advertised.size() == 1 ? " broker, " : " brokers, ")
                    + topics
                    + (topics == 1 ? " topic." : " topics.");
        } catch (SyncException e) {
            throw new StepFailed(e.getMessage(), remedy(e), e);
        }
    }

    private String registry(RegistryEndpoint beside) {
        try (dev.leat.kafka.SchemaRegistry registry = new dev.leat.kafka.SchemaRegistry(endpoint, beside)) {
            String level = registry.compatibilityLevel();
            return beside.url() + " answers as a schema registry; it asks for compatibility " + level + ".";
        } catch (SyncException e) {
            throw new StepFailed(e.getMessage(), e.remedy(), e);
        }
    }

    private void reach(Advertised broker) {
        try {
            Tcp.connect(new HostPort(broker.host(), broker.port()), ADVERTISED_LIMIT);
        } catch (StepFailed e) {
            throw new StepFailed(
                    "Broker " + broker.id() + " tells its clients to use " + broker.host() + ":" + broker.port()
                            + ", which Leat cannot reach: " + e.getMessage(),
                    remedy(broker, reachable == null ? servers.getFirst() : reachable, e),
                    e);
        }
    }

    /** Clients go to the bootstrap servers once, and from then on to what the brokers advertise. */
    static String remedy(Advertised broker, HostPort reached, StepFailed failure) {
        String advertised = "Set advertised.listeners of broker " + broker.id()
                + " to a name and port that Leat reaches, as it reaches " + reached
                + ", or connect to another of its listeners";
        if (isLoopback(broker.host()) && !isLoopback(reached.host())) {
            return broker.host() + " is the machine of whoever asks, for Leat its own. " + advertised + ".";
        }
        return failure.getCause() instanceof UnknownHostException
                ? "The name is known where the broker runs (in its network of containers, perhaps), but not here. "
                        + advertised + ", or let this machine look up '" + broker.host() + "' (DNS, /etc/hosts)."
                : advertised + ", or open the way from here to " + new HostPort(broker.host(), broker.port())
                        + " (firewall, security group).";
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private static boolean isAboutTls(SyncException e) {
        return e.getCause() instanceof SslAuthenticationException;
    }

    private String remedy(SyncException e) {
        if (e.kind() == FailureKind.DESTINATION_AUTHENTICATION) {
            return "Correct the user or the password, and check that the broker's listener offers "
                    + endpoint.security().mechanism() + ".";
        }
        if (e.kind() == FailureKind.DESTINATION_PRIVILEGE) {
            return "Grant the Kafka user the right to describe the cluster and its topics.";
        }
        return "Check that this port is a Kafka listener of security " + endpoint.security()
                + (endpoint.security() == KafkaSecurity.PLAINTEXT
                        ? ", not one with TLS or SASL."
                        : ", and look into the broker's log.");
    }

    /** Tries one server and says what it found. */
    private interface Trial {
        String of(HostPort server);
    }
}
