package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.change.Chunk;
import dev.leat.change.Lsn;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slot's snapshot and its stream share out every row, and its state is told as it is. */
class ReplicationSlotIT {

    private Database database;

    @BeforeEach
    void make() {
        onServer(18);
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    /** To drop it failed now and then, as the reader was still about to end; a released task left its slot behind. */
    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void slotOfAnEvictedReaderIsFreeAtOnce(int major) {
        onServer(major);
        var source = Sources.of(database);
        try (var tail = Tail.follow(database, Sources.tables(database, "t"))) {
            assertThat(tail.read()).isNotNegative();
            var slot = new ReplicationSlot(source, Tail.slot(database));

            assertThat(slot.evict("leat-test")).isTrue();
            slot.drop();

            assertThat(slot.state()).isEmpty();
            assertThat(slot.evict("leat-test")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void everyRowIsEitherInTheSnapshotOrInTheStream(int major) {
        onServer(major);
        var source = Sources.of(database);
        var table = Sources.table(database, "t");
        new Publication(source, "tail").ensure(List.of(table), major > 12, false);
        var stop = new AtomicBoolean();
        var writer = CompletableFuture.supplyAsync(() -> write(stop));
        await().until(() -> Integer.parseInt(database.value("SELECT count(*) FROM t")) > 20);

        Set<String> copied;
        Lsn consistentPoint;
        try (var snapshot = new ReplicationSlot(source, Tail.slot(database)).create()) {
            await().until(() -> Integer.parseInt(database.value("SELECT count(*) FROM t")) > 60);
            stop.set(true);
            consistentPoint = snapshot.consistentPoint();
            copied = copy(table, snapshot);
        }
        int written = writer.join();
        List<String> streamed = new ArrayList<>();
        try (var tail = new Tail(database, List.of(table), Lsn.ZERO)) {
            tail.awaitChanges(written - copied.size()).forEach(seen -> {
                streamed.add(seen.after().getFirst());
                assertThat(new Lsn(seen.origin().commitLsn())).isGreaterThanOrEqualTo(consistentPoint);
            });
        }

        assertThat(copied).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(streamed);
        assertThat(streamed).doesNotHaveDuplicates().hasSize(written - copied.size());
    }

    @Test
    void temporarySlotSharesOutRowsOfATableThatIsCopiedLater() {
        var source = Sources.of(database);
        var table = Sources.table(database, "t");
        try (var tail = Tail.follow(database, List.of(table))) {
            database.execute("INSERT INTO t VALUES (1)");
            Set<String> copied;
            Lsn asOf;
            try (var snapshot = new ReplicationSlot(source, "again_" + database.name()).createTemporary()) {
                asOf = snapshot.consistentPoint();
                database.execute("INSERT INTO t VALUES (2)");
                copied = copy(table, snapshot);
            }
            var followed = tail.awaitChanges(2).stream()
                    .filter(seen -> !new Lsn(seen.origin().commitLsn()).isBefore(asOf))
                    .map(seen -> seen.after().getFirst())
                    .toList();

            assertThat(copied).containsExactly("1");
            assertThat(followed).containsExactly("2");
        }
        await().until(() ->
                new ReplicationSlot(source, "again_" + database.name()).state().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void stateTellsWhatTheSourceHolds(int major) {
        onServer(major);
        var slot = new ReplicationSlot(Sources.of(database), Tail.slot(database));
        assertThat(slot.state()).isEmpty();
        var point = create(slot);

        var state = slot.state().orElseThrow();
        assertThat(state.plugin()).isEqualTo("pgoutput");
        assertThat(state.database()).isEqualTo(database.name());
        assertThat(state.active()).isFalse();
        assertThat(state.lost()).isFalse();
        assertThat(state.failover()).isFalse();
        assertThat(state.keepLimitBytes()).isEqualTo(-1);
        assertThat(state.confirmedLsn()).isEqualTo(point);
        assertThat(state.restartLsn()).isLessThanOrEqualTo(point).isGreaterThan(Lsn.ZERO);
        assertThat(state.walHeldBytes()).isEqualTo(state.walEnd().minus(state.restartLsn()));

        slot.drop();
        slot.drop();
        assertThat(slot.state()).isEmpty();
    }

    @Test
    void aSlotForFailoverIsKeptOnStandbys() {
        var source = Sources.of(database);
        assertThat(Capabilities.probe(source).failoverSlots()).isTrue();
        var slot = new ReplicationSlot(source, Tail.slot(database));
        slot.createForFailover().close();
        assertThat(failover()).isEqualTo("t");
        assertThat(slot.state().orElseThrow().failover()).isTrue();

        slot.keepOnStandbys(false);
        assertThat(failover()).isEqualTo("f");
        assertThat(slot.state().orElseThrow().failover()).isFalse();
    }

    private String failover() {
        return database.value(
                "SELECT failover::text::char FROM pg_replication_slots WHERE slot_name = ?", Tail.slot(database));
    }

    @Test
    void slotWhoseLogWasRemovedIsLostAndHoldsNothing() {
        var admin = Servers.postgres(18).admin();
        Tail.prepare(database, Sources.tables(database, "t"));
        var slot = new ReplicationSlot(Sources.of(database), Tail.slot(database));
        try {
            admin.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
            await().until(() -> admin.value("SHOW max_slot_wal_keep_size").equals("1MB"));
            for (int i = 0; i < 3; i++) {
                database.execute("INSERT INTO t VALUES (" + i + ")", "SELECT pg_switch_wal()");
            }
            admin.execute("CHECKPOINT");

            await().until(() -> slot.state().orElseThrow().lost());
            assertThat(slot.state().orElseThrow().keepLimitBytes()).isEqualTo(1 << 20);
            assertThat(slot.state().orElseThrow().status()).startsWith("lost");
            assertThat(slot.state().orElseThrow().walHeldBytes()).isZero();
            assertFails(
                    () -> new Tail(database, Sources.tables(database, "t"), Lsn.ZERO), FailureKind.SOURCE_SLOT_LOST);
        } finally {
            admin.execute("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void slotThatIsReadCannotBeDropped() {
        try (var tail = Tail.follow(database, Sources.tables(database, "t"))) {
            tail.drain();

            assertFails(
                    () -> new ReplicationSlot(Sources.of(database), Tail.slot(database)).drop(),
                    FailureKind.SOURCE_SLOT_BUSY);
        }
    }

    @Test
    void snapshotThatIsGoneIsTakenAnew() {
        var slot = new ReplicationSlot(Sources.of(database), Tail.slot(database));
        var snapshot = slot.createTemporary();
        snapshot.close();

        assertThatThrownBy(() -> CopyReader.open(Sources.of(database), snapshot.name()))
                .isInstanceOfSatisfying(SyncException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_OTHER);
                    assertThat(failure).hasMessageContaining(snapshot.name());
                });
    }

    @Test
    void tableWhoseRowsAreHiddenIsNotCopiedInPart() {
        database.execute(
                "INSERT INTO t VALUES (1), (2)",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY odd ON t USING (id % 2 = 1)",
                "GRANT SELECT ON t TO leat");
        var table = Sources.table(database, "t");
        var leat = Sources.of(database.as("leat", "leat-secret"));
        try (var snapshot = new ReplicationSlot(leat, Tail.slot(database)).createTemporary();
                var reader = CopyReader.open(leat, snapshot.name())) {
            assertFails(
                    () -> reader.read(new Chunk(table.table(), 0, ""), false, row -> {}), FailureKind.SOURCE_PRIVILEGE);
        }
    }

    @Test
    void tableThatMayNotBeReadIsAMissingRight() {
        var table = Sources.table(database, "t");
        var leat = Sources.of(database.as("leat", "leat-secret"));
        try (var snapshot = new ReplicationSlot(leat, Tail.slot(database)).createTemporary();
                var reader = CopyReader.open(leat, snapshot.name())) {
            assertThatThrownBy(() -> reader.read(new Chunk(table.table(), 0, ""), false, row -> {}))
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_PRIVILEGE))
                    .hasMessageContaining("Table public.t: ");
        }
    }

    private static Lsn create(ReplicationSlot slot) {
        try (var snapshot = slot.create()) {
            return snapshot.consistentPoint();
        }
    }

    private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FailureKind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private int write(AtomicBoolean stop) {
        try (var session = database.connect();
                var insert = session.prepareStatement("INSERT INTO t VALUES (?)")) {
            int id = 0;
            while (!stop.get()) {
                insert.setInt(1, id++);
                insert.execute();
            }
            return id;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> copy(CatalogTable table, ExportedSnapshot snapshot) {
        Set<String> ids = new HashSet<>();
        try (var reader = CopyReader.open(Sources.of(database), snapshot.name())) {
            reader.read(new Chunk(table.table(), 0, ""), false, row -> ids.add(row.text(0)));
        }
        return ids;
    }

    private void onServer(int major) {
        if (database != null) {
            database.drop();
        }
        database = Servers.postgres(major).newDatabase();
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    }
}
