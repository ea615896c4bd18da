package dev.leat.metadata;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The PostgreSQL that keeps the metadata when no other is given: a child process over {@code postgres} in the data
 * directory, durable, reachable from this machine alone and by password.
 */
final class EmbeddedMetadata implements JdbcConnectionDetails, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMetadata.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String DATABASE = "leat";
    private static final String USER = "postgres";

    private final DirectoryLock lock;
    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedMetadata(DirectoryLock lock, EmbeddedPostgres server, String password) {
        this.lock = lock;
        this.server = server;
        this.password = password;
    }

    /**
     * Starts the server, or adopts the one that a killed Leat left behind, and makes the database when it is missing.
     *
     * @throws MetadataUnavailable when the directory is in use or the server cannot start here
     */
    static EmbeddedMetadata start(DataDirectory directory) {
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            String password = directory.secret("postgres.password", EmbeddedMetadata::newPassword);
            EmbeddedPostgres server = builder(directory, password).start();
            EmbeddedMetadata metadata = new EmbeddedMetadata(lock, server, password);
            metadata.createDatabase();
            LOG.atInfo()
                    .addKeyValue("directory", directory)
                    .addKeyValue("port", server.getPort())
                    .log("embedded PostgreSQL keeps the metadata");
            return metadata;
        } catch (IOException | SQLException | RuntimeException | ExceptionInInitializerError e) {
            release(lock);
            throw e instanceof MetadataUnavailable known ? known : failedStart(directory, e);
        }
    }

    @Override
    public String getJdbcUrl() {
        return url(DATABASE);
    }

    @Override
    public String getUsername() {
        return USER;
    }

    @Override
    public String getPassword() {
        return password;
    }

    /** Called by Spring after everything that uses the database. */
    @Override
    public void close() throws IOException {
        server.close();
        lock.close();
    }

    private static EmbeddedPostgres.Builder builder(DataDirectory directory, String password) throws IOException {
        Path cluster = directory.resolve("postgres");
        Redirect log = Redirect.appendTo(directory.resolve("postgres.log").toFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(
                        directory.resolve("postgres-binaries").toFile())
                .setRegisterShutdownHook(false)
                .setPort(new EmbeddedPort(directory, cluster).choose())
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                // handed on to initdb as they are, after its own "trust", which they override
                .setLocaleConfig(
                        "pwfile", directory.resolve("postgres.password").toString())
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig("locale", "C")
                .setConnectConfig("password", password)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("max_wal_size", "256MB")
                .setServerConfig("jit", "off");
    }

    private void createDatabase() throws SQLException {
        try (Connection session = DriverManager.getConnection(url("postgres"), USER, password);
                Statement statement = session.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static MetadataUnavailable failedStart(DataDirectory directory, Throwable cause) {
        return new MetadataUnavailable(
                "The embedded PostgreSQL in " + directory.resolve("postgres") + " did not start: " + cause.getMessage()
                        + ". Its own log is " + directory.resolve("postgres.log") + ".",
                "Remove the cause that the log names, or let Leat keep its metadata in a PostgreSQL of yours (12 or"
                        + " later): set SPRING_DATASOURCE_URL=jdbc:postgresql://<host>:5432/<database>,"
                        + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD. In a container that forbids"
                        + " unshare, run Leat as a user other than root.",
                cause);
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the lock of the data directory ends with the process");
        }
    }
}
