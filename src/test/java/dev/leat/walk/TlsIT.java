package dev.leat.walk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.fixture.Certificate;
import dev.leat.fixture.Database;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copy and stream over TLS, with the server's certificate checked. */
class TlsIT {

    private PostgresServer server;

    @AfterEach
    void plainAgain() {
        server.admin().execute("ALTER SYSTEM RESET ssl", "SELECT pg_reload_conf()");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void copiesAndFollowsOverTls(int major) throws IOException {
        server = Servers.postgres(major);
        Certificate certificate = Certificate.generate();
        encrypt(certificate);
        Database source = server.newDatabase();
        source.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                "INSERT INTO item SELECT g, 'item ' || g FROM generate_series(1, 2000) g");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))
                .encrypted(certificate.certificate())) {
            walk.start();
            walk.follows();
            String encrypted = "SELECT 1 FROM pg_stat_ssl s JOIN pg_stat_replication r USING (pid) WHERE s.ssl";
            await("the stream, encrypted")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !source.query(encrypted).isEmpty());
            for (int i = 0; i < 20; i++) {
                source.execute("UPDATE item SET name = repeat('wide ', 5000) WHERE id = " + (i + 1));
            }
            source.execute("INSERT INTO item SELECT g, 'new ' || g FROM generate_series(3001, 8000) g");
            walk.becomesEqual("public.item", "id");
        }
    }

    private void encrypt(Certificate certificate) throws IOException {
        Path directory = Path.of(server.admin().value("SHOW data_directory"));
        assumeTrue(Files.isDirectory(directory), "the server's files are elsewhere");
        Files.writeString(directory.resolve("server.crt"), certificate.certificate());
        Path key = directory.resolve("server.key");
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, certificate.key());
        server.admin().execute("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
    }
}
