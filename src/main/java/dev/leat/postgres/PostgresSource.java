package dev.leat.postgres;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.SourceEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** The way into the source: opens sessions whose values print alike everywhere. */
public final class PostgresSource {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Made both for COPY and for the log, so that the same value has the same text in both phases. Without row security
     * a table whose policies hide rows is refused in place of being copied in part.
     */
    private static final String UNIFORM_TEXT = """
            SET TimeZone = 'UTC';
            SET DateStyle = 'ISO, YMD';
            SET IntervalStyle = 'postgres';
            SET extra_float_digits = 3;
            SET bytea_output = 'hex';
            SET client_encoding = 'UTF8';
            SET xmloption = 'content';
            SET search_path = pg_catalog;
            SET row_security = off;
            SET statement_timeout = 0;
            SET lock_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            """;

    private final SourceEndpoint endpoint;
    private final String applicationName;

    /** A source; nothing is opened yet. The application name shows in {@code pg_stat_activity}. */
    public PostgresSource(SourceEndpoint endpoint, String applicationName) {
        this.endpoint = endpoint;
        this.applicationName = applicationName;
    }

    /** Where it is. */
    public SourceEndpoint endpoint() {
        return endpoint;
    }

    /**
     * Opens a session for SQL and COPY.
     *
     * @throws SyncException when the source cannot be reached or refuses
     */
    public Connection session() {
        return open(properties());
    }

    /**
     * Opens a session that speaks the replication protocol.
     *
     * @throws SyncException when the source cannot be reached or refuses, such as without the REPLICATION right
     */
    public Connection replicationSession() {
        return open(replicationProperties());
    }

    /** As {@link #replicationSession()}; its socket is then found by the key in {@link WaitingSockets}. */
    Connection replicationSession(String socketKey) {
        Properties properties = replicationProperties();
        PGProperty.SOCKET_FACTORY.set(properties, WaitingSockets.class.getName());
        PGProperty.SOCKET_FACTORY_ARG.set(properties, socketKey);
        return open(properties);
    }

    /** Host, port and database, for messages. */
    @Override
    public String toString() {
        return endpoint.address() + "/" + endpoint.database();
    }

    private Connection open(Properties properties) {
        Path certificate = null;
        try {
            if (!endpoint.caCertificate().isEmpty()) {
                certificate = Files.createTempFile("leat-ca", ".pem");
                Files.writeString(certificate, endpoint.caCertificate());
                PGProperty.SSL_ROOT_CERT.set(properties, certificate.toString());
            }
            Connection session = new Driver().connect(url(), properties);
            if (session == null) {
                throw new SQLException("the driver does not take the address");
            }
            try (Statement statement = session.createStatement()) {
                statement.execute(UNIFORM_TEXT);
                session.setNetworkTimeout(Runnable::run, 0);
            } catch (SQLException e) {
                session.close();
                throw e;
            }
            return session;
        } catch (SQLException e) {
            throw PostgresFailures.of("Source " + this, e);
        } catch (IOException e) {
            throw new SyncException(
                    FailureKind.UNKNOWN, "Source " + this + ": its CA certificate cannot be written.", e);
        } finally {
            delete(certificate);
        }
    }

    private String url() {
        return "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/"
                + java.net.URLEncoder.encode(endpoint.database(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private Properties replicationProperties() {
        Properties properties = properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return properties;
    }

    private Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, endpoint.user());
        PGProperty.PASSWORD.set(properties, endpoint.password().value());
        PGProperty.SSL_MODE.set(properties, endpoint.sslMode().wireName());
        if (!endpoint.sslMode().verifies()) {
            // whoever answers could ask for the password in the clear, and would get it
            PGProperty.REQUIRE_AUTH.set(properties, "!password");
        }
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "12");
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECT_TIMEOUT.toSeconds());
        PGProperty.LOGIN_TIMEOUT.set(properties, (int) CONNECT_TIMEOUT.toSeconds());
        // until the session stands: the driver gives an attempt up after the login's time-out, but goes on reading
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) CONNECT_TIMEOUT.toSeconds());
        PGProperty.SOCKET_FACTORY.set(properties, SourceSockets.class.getName());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.RECEIVE_BUFFER_SIZE.set(properties, 1 << 20);
        return properties;
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
