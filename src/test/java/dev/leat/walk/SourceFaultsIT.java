package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.FaultProxy;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/**
 * The fault points of docs/faults.md that concern slot, publication and rights: each is named with its object and a
 * remedy, and after the remedy the next run goes on without a loss.
 */
class SourceFaultsIT {

    private static final String CHANGE = "UPDATE item SET version = version + 1 WHERE id %% %d = 0";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SLOT = "SELECT pg_create_logical_replication_slot(?, 'pgoutput')";

    private Database source;
    private Walk walk;

    @AfterEach
    void drop() {
        walk.close();
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void point17WalsenderTerminated(int major) {
        follow(major);
        source.execute(CHANGE.formatted(3));
        endReader();
        SyncException failure = walk.fails();
        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE);
        assertThat(failure).hasMessageContaining(walk.slot());
        assertThat(failure.remedy()).contains("source is up and reachable");
        goesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = 18)
    void point21SlotDroppedAndMadeAgain(int major) {
        follow(major);
        walk.rests();
        source.query("SELECT pg_drop_replication_slot(?)", walk.slot());
        source.execute(CHANGE.formatted(3));
        source.query(SLOT, walk.slot());
        slotIsRefused("made again");
    }

    @ParameterizedTest
    @ValueSource(ints = 12)
    void point22SlotAdvancedByAnother(int major) {
        follow(major);
        walk.rests();
        source.execute(CHANGE.formatted(3));
        source.query("SELECT pg_replication_slot_advance(?, pg_current_wal_lsn())", walk.slot());
        slotIsRefused("advanced");
    }

    /** What was skipped is lost to the log, and no attempt after this one would find it. */
    private void slotIsRefused(String what) {
        walk.start();
        SyncException failure = walk.fails();
        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SLOT_LOST);
        assertThat(failure.kind().retry()).isEqualTo(FailureKind.Retry.MANUAL);
        assertThat(failure).hasMessageContaining(walk.slot()).hasMessageContaining(what);
        assertThat(failure.remedy()).contains("restart the task");
        walk.restart();
        arrivesAfterAGap();
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void point23SlotBusy(int major) throws SQLException {
        follow(major);
        walk.stop();
        source.execute(CHANGE.formatted(3));
        try (Connection other = source.connectReplication()) {
            other.unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(walk.slot())
                    .withSlotOption("proto_version", "1")
                    .withSlotOption("publication_names", walk.slot())
                    .start();
            walk.start();
            SyncException failure = walk.fails();
            assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SLOT_BUSY);
            assertThat(failure).hasMessageContaining(walk.slot());
            source.execute(sql(failure.remedy(), "SELECT pg_terminate_backend.*;"));
        }
        await().until(() -> reader().isEmpty());
        goesOn();
    }

    /** From 18 on the source only warns, and leaves the changes out. */
    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void point24PublicationDropped(int major) {
        follow(major);
        source.execute("DROP PUBLICATION " + walk.slot(), CHANGE.formatted(3));
        publicationIsGone(walk.fails());
        walk.start();
        publicationIsGone(walk.fails());
        walk.restart();
        arrivesAfterAGap();
    }

    @Test
    void point24PublicationNarrowed() {
        follow(15);
        source.execute("ALTER PUBLICATION " + walk.slot() + " SET (publish = 'insert')", CHANGE.formatted(3));
        SyncException failure = walk.fails();
        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SCHEMA_CHANGED);
        assertThat(failure).hasMessageContaining(walk.slot() + " was told to leave operations out");
        walk.start();
        walk.becomesEqual("public.item", "id");
        assertThat(walk.events()).anyMatch(event -> event.startsWith("COPIED_ANEW: Table public.item: lacks changes"));
    }

    private void publicationIsGone(SyncException failure) {
        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_OBJECT_MISSING);
        assertThat(failure.getMessage()).containsIgnoringCase("publication").contains(walk.slot());
        assertThat(failure.remedy()).startsWith("Restart the task from the full phase");
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void point25RightToReadRevokedInTheMiddleOfTheCopy(int major) {
        String role = role(major);
        try (FaultProxy way = FaultProxy.before(source)) {
            walk.start(new Mortal(walk, way).diesBefore(call -> {
                if (call.equals(new Mortal.Started(Phase.FULL))) {
                    source.execute("REVOKE SELECT ON item FROM " + role);
                }
                return false;
            }));
            SyncException failure = walk.fails();
            assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_PRIVILEGE);
            assertThat(failure.kind().retry()).isEqualTo(FailureKind.Retry.MANUAL);
            assertThat(failure).hasMessageContaining("Table public.item").hasMessageContaining("permission denied");
            source.execute(sql(failure.remedy(), "GRANT SELECT ON TABLE .* TO") + " " + role);
            goesOn();
        } finally {
            forget(major, role);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void point25RightToReplicateAndToSignInRevoked(int major) {
        String role = role(major);
        try {
            walk.start();
            walk.follows();
            source.execute("ALTER ROLE " + role + " NOREPLICATION", CHANGE.formatted(3));
            endReader();
            assertThat(walk.fails().kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE);
            walk.start();
            SyncException failure = walk.fails();
            assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_PRIVILEGE);
            assertThat(failure.remedy()).contains("WITH REPLICATION");

            source.execute("ALTER ROLE " + role + " REPLICATION NOLOGIN");
            walk.start();
            failure = walk.fails();
            assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_AUTHENTICATION);
            assertThat(failure.kind().retry()).isEqualTo(FailureKind.Retry.MANUAL);
            assertThat(failure).hasMessageContaining(role).hasMessageContaining(source.name());
            source.execute("ALTER ROLE " + role + " LOGIN");
            goesOn();
        } finally {
            forget(major, role);
        }
    }

    private void follow(int major) {
        prepare(major);
        walk = walk(source);
        walk.start();
        walk.follows();
    }

    private void prepare(int major) {
        source = Servers.postgres(major).newDatabase();
        source.execute(
                RowVersions.TABLE,
                "INSERT INTO item SELECT g, 0, repeat('x', 100) FROM generate_series(1, 500) g",
                "ANALYZE item");
    }

    private static Walk walk(Database as) {
        FormatSettings format = new FormatSettings(FormatKind.CANAL_JSON, Map.of("snapshot.type", "INIT"));
        return new Walk(as, Servers.kafka(), WalkTask.task(as, format, EnumSet.allOf(Phase.class)));
    }

    /** A role that owns the table and no more; the walk signs in as it, the test as the superuser. */
    private String role(int major) {
        prepare(major);
        String role = "role_" + source.name();
        source.execute(
                "CREATE ROLE " + role + " LOGIN REPLICATION",
                "GRANT CREATE ON DATABASE " + source.name() + " TO " + role,
                "ALTER TABLE item OWNER TO " + role);
        walk = walk(source).as(role);
        return role;
    }

    private void forget(int major, String role) {
        walk.close();
        Servers.postgres(major).admin().execute("DROP ROLE " + role);
    }

    /** A run counts as following a moment before it reads. */
    private void endReader() {
        await().atMost(PATIENCE)
                .until(() -> !source.query(
                                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                                        + " WHERE slot_name = ? AND active",
                                walk.slot())
                        .isEmpty());
    }

    private String reader() {
        return source.value(
                "SELECT coalesce(active_pid::text, '') FROM pg_replication_slots WHERE slot_name = ?", walk.slot());
    }

    private void goesOn() {
        walk.start();
        arrives();
    }

    private void arrives() {
        write();
        RowVersions.arrive(source, Servers.kafka(), PATIENCE);
    }

    private void arrivesAfterAGap() {
        write();
        RowVersions.arriveAfterAGap(source, Servers.kafka(), PATIENCE);
    }

    private void write() {
        walk.follows();
        source.execute(CHANGE.formatted(5), "INSERT INTO item SELECT max(id) + 1, 0, 'late' FROM item");
    }

    /** The part of a remedy that one copies. */
    private static String sql(String remedy, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(remedy);
        assertThat(found.find()).as(remedy).isTrue();
        return found.group();
    }
}
