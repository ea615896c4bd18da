package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import java.net.ServerSocket;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps Leat out of a source is told by its kind, with a remedy and without the password. */
class PostgresSourceIT {

    private static final String PASSWORD = "quite-5ecret";

    private PostgresServer server = Servers.postgres(18);
    private Database database = server.newDatabase();

    @AfterEach
    void drop() {
        database.drop();
    }

    @Test
    void wrongPasswordIsAnAuthenticationFailure() {
        var admin = server.admin();
        var hba = admin.value("SELECT pg_read_file(current_setting('hba_file'))");
        admin.execute("CREATE ROLE careful LOGIN PASSWORD 'right'");
        try {
            writeHba("host all careful 127.0.0.1/32 scram-sha-256\n" + hba);
            assertFails(() -> open(database.as("careful", PASSWORD)), FailureKind.SOURCE_AUTHENTICATION, failure -> {
                assertThat(failure).hasMessageContaining("careful").hasMessageContaining(database.name());
            });
            assertFails(() -> open(database.as("careful", "")), FailureKind.SOURCE_AUTHENTICATION, failure -> {});
        } finally {
            writeHba(hba);
            admin.execute("DROP ROLE careful");
        }
    }

    @Test
    void roleThatIsNotThereIsAnAuthenticationFailure() {
        assertFails(() -> open(database.as("nobody", PASSWORD)), FailureKind.SOURCE_AUTHENTICATION, failure -> {});
    }

    @Test
    void closedPortIsAnUnreachableSource() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var closed = new Database("127.0.0.1", port, "shop", "leat", PASSWORD);

        assertFails(
                () -> open(closed),
                FailureKind.SOURCE_UNREACHABLE,
                failure -> assertThat(failure).hasMessageContaining("127.0.0.1:" + port + "/shop"));
    }

    @Test
    void unknownHostIsAnUnreachableSource() {
        assertFails(
                () -> open(new Database("no-such-host.invalid", 5432, "shop", "leat", PASSWORD)),
                FailureKind.SOURCE_UNREACHABLE,
                failure -> assertThat(failure).hasMessageContaining("no-such-host.invalid"));
    }

    @Test
    void unknownDatabaseIsAMissingObject() {
        var missing = new Database(database.host(), database.port(), "no such/db?x=&y", database.user(), PASSWORD);

        assertFails(
                () -> open(missing),
                FailureKind.SOURCE_OBJECT_MISSING,
                failure -> assertThat(failure).hasMessageContaining("\"no such/db?x=&y\" does not exist"));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void roleThatMayNotReplicateLacksARight(int major) {
        database.drop();
        server = Servers.postgres(major);
        database = server.newDatabase();
        server.admin().execute("CREATE ROLE plain LOGIN PASSWORD '" + PASSWORD + "'");
        try {
            var source = Sources.of(database.as("plain", PASSWORD));
            assertFails(
                    () -> source.replicationSession().close(),
                    FailureKind.SOURCE_PRIVILEGE,
                    failure -> assertThat(failure.remedy()).contains("WITH REPLICATION"));
        } finally {
            server.admin().execute("DROP ROLE plain");
        }
    }

    @Test
    void serverThatDoesNotEncryptNeedsAnotherSetting() {
        var plain = Sources.endpoint(database);
        var encrypted = new dev.leat.settings.SourceEndpoint(
                plain.kind(),
                plain.host(),
                plain.port(),
                plain.database(),
                plain.user(),
                plain.password(),
                dev.leat.settings.SslMode.REQUIRE,
                "");

        assertFails(
                () -> new PostgresSource(encrypted, "leat-test").session().close(),
                FailureKind.SOURCE_CONFIGURATION,
                failure -> assertThat(failure).hasMessageContaining("SSL"));
    }

    @Test
    void slotsThatAreAllTakenNeedAnotherSetting() {
        var admin = server.admin();
        int free = Integer.parseInt(admin.value("SHOW max_replication_slots"))
                - Integer.parseInt(admin.value("SELECT count(*) FROM pg_replication_slots"));
        for (int i = 0; i < free; i++) {
            database.query("SELECT pg_create_physical_replication_slot(?)", "taken_" + i);
        }
        try {
            assertFails(
                    () -> new ReplicationSlot(Sources.of(database), "slot_" + database.name()).create(),
                    FailureKind.SOURCE_CONFIGURATION,
                    failure -> assertThat(failure.remedy()).contains("max_replication_slots"));
        } finally {
            database.query(
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE 'taken%'");
        }
    }

    @Test
    void serverThatIsStoppedIsAnUnreachableSource() {
        var source = Sources.of(database);
        server.stop(false);
        try {
            assertFails(() -> source.session().close(), FailureKind.SOURCE_UNREACHABLE, failure -> {});
        } finally {
            server.start();
        }
    }

    @Test
    void sessionThatWasEndedIsAnUnreachableSource() throws Exception {
        try (var session = Sources.of(database).session();
                var statement = session.createStatement()) {
            database.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'leat-test'");

            await().untilAsserted(() -> assertThatThrownBy(() -> statement.execute("SELECT 1"))
                    .isInstanceOfSatisfying(
                            java.sql.SQLException.class,
                            e -> assertThat(PostgresFailures.kind(e)).isEqualTo(FailureKind.SOURCE_UNREACHABLE)));
        }
    }

    private static void open(Database database) throws java.sql.SQLException {
        Sources.of(database).session().close();
    }

    private static void assertFails(ThrowingCallable call, FailureKind kind, Consumer<SyncException> more) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SyncException.class, failure -> {
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            assertThat(failure.getMessage()).doesNotContain(PASSWORD);
            assertThat(failure.remedy()).isNotBlank();
            more.accept(failure);
        });
    }

    private void writeHba(String text) {
        server.admin()
                .execute("DO $do$ BEGIN EXECUTE format('COPY (SELECT unnest(string_to_array(%L, E''\\n''))) TO %L',"
                        + " $hba$" + text + "$hba$, current_setting('hba_file')); END $do$");
        server.admin().execute("SELECT pg_reload_conf()");
        await().until(() -> server.admin()
                .value("SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL")
                .equals("0"));
    }
}
