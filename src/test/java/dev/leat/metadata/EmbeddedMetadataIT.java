package dev.leat.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded PostgreSQL keeps what it was given, and lets nobody else in. */
class EmbeddedMetadataIT {

    @TempDir
    private Path temporary;

    @Test
    void keepsItsRowsAndItsPortFromOneStartToTheNext() throws Exception {
        var directory = new DataDirectory(temporary.resolve("data"));
        String url;
        try (var metadata = EmbeddedMetadata.start(directory);
                var session = connect(metadata, metadata.getPassword())) {
            url = metadata.getJdbcUrl();
            session.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS id");
        }

        try (var metadata = EmbeddedMetadata.start(directory);
                var session = connect(metadata, metadata.getPassword());
                var rows = session.createStatement().executeQuery("SELECT id FROM kept")) {
            assertThat(metadata.getJdbcUrl()).isEqualTo(url).startsWith("jdbc:postgresql://127.0.0.1:");
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void isDurableClosedToTheNetworkAndAsksForThePassword() throws Exception {
        var directory = new DataDirectory(temporary.resolve("data"));
        try (var metadata = EmbeddedMetadata.start(directory);
                var session = connect(metadata, metadata.getPassword())) {
            assertThat(setting(session, "fsync")).isEqualTo("on");
            assertThat(setting(session, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(session, "full_page_writes")).isEqualTo("on");
            assertThat(setting(session, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(session, "unix_socket_directories")).isEmpty();
            assertThatThrownBy(() -> connect(metadata, "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesADirectoryThatAnotherLeatUses() throws Exception {
        var directory = new DataDirectory(temporary.resolve("data"));
        try (var lock = DirectoryLock.take(directory)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> EmbeddedMetadata.start(directory))
                    .isInstanceOf(MetadataUnavailable.class)
                    .hasMessageContaining("in use by another Leat (process "
                            + ProcessHandle.current().pid() + ")");
        }
        DirectoryLock.take(directory).close();
    }

    @Test
    void saysWhatToDoWhereItCannotStart() throws Exception {
        var directory = new DataDirectory(temporary.resolve("data"));
        directory.create();
        Files.writeString(directory.resolve("postgres"), "a file where a directory should be");

        assertThatThrownBy(() -> EmbeddedMetadata.start(directory))
                .isInstanceOfSatisfying(
                        MetadataUnavailable.class, e -> assertThat(e.remedy()).contains("SPRING_DATASOURCE_URL"))
                .hasMessageContaining("postgres.log");
        DirectoryLock.take(directory).close();
    }

    private static Connection connect(EmbeddedMetadata metadata, String password) throws SQLException {
        return DriverManager.getConnection(metadata.getJdbcUrl(), metadata.getUsername(), password);
    }

    private static String setting(Connection session, String name) throws SQLException {
        try (var rows = session.createStatement().executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
