package dev.leat.connection;

import dev.leat.connection.ConnectivityReport.Name;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.PostgresSource;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SslMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Tries a source: name, socket, encryption, sign-in, a query. */
final class SourceTrial {

    private static final Duration RESOLVE_LIMIT = Duration.ofSeconds(4);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration CERTIFICATE_LIMIT = Duration.ofSeconds(2);
    private static final Duration SIGN_IN_LIMIT = Duration.ofSeconds(6);
    private static final Duration READ_LIMIT = Duration.ofSeconds(7);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Pattern NO_ENTRY = Pattern.compile(
            "(?:no pg_hba.conf entry|pg_hba.conf rejects connection) for host \"([^\"]+)\", user \"([^\"]+)\", database \"([^\"]+)\"");

    private static final String TABLES = """
            SELECT count(*)::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND left(n.nspname, 3) <> 'pg_'
              AND n.nspname <> 'information_schema' %s
            """;

    private static final String READABLE =
            "AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')";

    private final SourceEndpoint endpoint;
    private final PostgresSource source;
    private final Clock clock;

    SourceTrial(SourceEndpoint endpoint) {
        this(endpoint, Clock.systemUTC());
    }

    /** A trial at some time, which the dates of certificates are held against. */
    SourceTrial(SourceEndpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.source = new PostgresSource(endpoint, "leat-test");
    }

    ConnectivityReport run() {
        Steps steps = new Steps();
        HostPort address = new HostPort(endpoint.host(), endpoint.port());
        steps.run(Name.RESOLVE, RESOLVE_LIMIT, () -> Tcp.resolve(endpoint.host()));
        steps.run(Name.CONNECT, CONNECT_LIMIT.plus(MARGIN), () -> Tcp.connect(address, CONNECT_LIMIT));
        if (asksForTls()) {
            steps.run(Name.TLS, SIGN_IN_LIMIT.plus(CERTIFICATE_LIMIT), this::encrypt);
        }
        steps.run(Name.SIGN_IN, SIGN_IN_LIMIT, this::signIn);
        steps.run(Name.READ, READ_LIMIT, this::read);
        return steps.report();
    }

    private boolean asksForTls() {
        return switch (endpoint.sslMode()) {
            case DISABLE, ALLOW, PREFER -> false;
            case REQUIRE, VERIFY_CA, VERIFY_FULL -> true;
        };
    }

    /** A failure that comes after the encryption is left to the next step. */
    private String encrypt() throws SQLException {
        Optional<ShownCertificate> shown =
                new CertificateProbe(new HostPort(endpoint.host(), endpoint.port()), CERTIFICATE_LIMIT).postgres();
        String described =
                shown.map(certificate -> " " + certificate.described(clock)).orElse("");
        String encrypted = "Encrypted, sslMode " + endpoint.sslMode().wireName() + "." + described;
        try (Connection session = source.session()) {
            return session.isClosed() ? "" : encrypted;
        } catch (SyncException e) {
            if (isAboutTls(e)) {
                throw new StepFailed(
                        e.getMessage() + described,
                        shown.flatMap(certificate -> certificate.remedy(clock)).orElse(tlsRemedy()),
                        e);
            }
            return encrypted;
        }
    }

    private String signIn() throws SQLException {
        try (Connection session = source.session()) {
            return "Signed in as " + endpoint.user() + " to the database " + session.getCatalog() + ".";
        } catch (SyncException e) {
            throw new StepFailed(e.getMessage(), remedy(e), e);
        }
    }

    private String read() throws SQLException {
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            statement.setQueryTimeout((int) READ_LIMIT.minus(MARGIN).toSeconds());
            return "PostgreSQL " + text(statement, "SHOW server_version")
                    + (Boolean.parseBoolean(
                                    text(statement, "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                            ? ", encrypted, "
                            : ", not encrypted, ")
                    + text(statement, "SELECT count(*)::text FROM pg_database WHERE datallowconn AND NOT datistemplate")
                    + " databases. " + rights(statement);
        } catch (SyncException e) {
            throw new StepFailed(e.getMessage(), remedy(e), e);
        }
    }

    /** That some tables may not be read is for the precheck of a task to tell; that none may be is a mistake. */
    private String rights(Statement statement) throws SQLException {
        int tables = Integer.parseInt(text(statement, TABLES.formatted("")));
        int readable = Integer.parseInt(text(statement, TABLES.formatted(READABLE)));
        if (tables > 0 && readable == 0) {
            throw new StepFailed(
                    "The user " + endpoint.user() + " may read none of the " + tables + " tables in the database "
                            + endpoint.database() + ".",
                    "GRANT USAGE ON SCHEMA … TO \"" + endpoint.user() + "\"; and GRANT SELECT ON ALL TABLES IN SCHEMA …"
                            + " TO \"" + endpoint.user() + "\"; for each schema that is to be synced.",
                    null);
        }
        return "The user may read " + readable + " of " + tables + " tables in this one.";
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    private static boolean isAboutTls(SyncException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return e.getMessage().contains("does not support SSL") || e.getMessage().contains("could not be verified");
    }

    private String tlsRemedy() {
        return endpoint.sslMode() == SslMode.REQUIRE
                ? "Switch ssl on at the server, or use the sslMode prefer."
                : "Check that caCertificate is the authority of the server's certificate, and that host is the name in"
                        + " it; or use the sslMode require, which does not check them.";
    }

    private String remedy(SyncException e) {
        Matcher entry = NO_ENTRY.matcher(e.getMessage());
        if (entry.find()) {
            String address = entry.group(1);
            return "Add this line to the server's pg_hba.conf, above others that match, then run SELECT pg_reload_conf(); : host "
                    + entry.group(3)
                    + " " + entry.group(2) + " " + address + (address.contains(":") ? "/128" : "/32")
                    + " scram-sha-256";
        }
        if (e.kind() == FailureKind.SOURCE_AUTHENTICATION) {
            return "Correct the user or the password of the connection. ALTER ROLE … PASSWORD sets a new one.";
        }
        if (e.kind() == FailureKind.SOURCE_OBJECT_MISSING) {
            return "Correct the database's name, or create the database.";
        }
        return e.remedy();
    }
}
