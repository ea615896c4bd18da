package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.change.Lsn;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.FaultProxy;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log is read without losing its place, kept alive, and confirmed by nobody but us. */
class WalReaderIT {

    private PostgresServer server;
    private Database database;
    private List<CatalogTable> tables;

    @BeforeEach
    void make() {
        onServer(18);
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void idleReadReturnsWithinItsPatienceAndTheStreamGoesOn(int major) {
        onServer(major);
        try (var tail = Tail.follow(database, tables)) {
            var seen = tail.drain();
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                tail.read();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Tail.PATIENCE.plusSeconds(2));
                // a transaction of the server's own, such as of autovacuum, comes empty before 15
                assertThat(seen).isEmpty();
            }
            insert(1);

            assertThat(tail.awaitChanges(1)).extracting(Tail.Seen::toString).containsExactly("insert t [1, 1]");
        }
    }

    @Test
    void messageThatStallsLongerThanThePatienceIsReadWhole() throws Exception {
        try (var proxy = FaultProxy.before(database);
                var tail = Tail.follow(proxy.through(database), tables)) {
            tail.drain();
            proxy.toClient().holdInTheMiddle(1_000);
            database.execute("INSERT INTO t VALUES (1, repeat('y', 20000))");
            await().until(() -> proxy.toClient().heldInTheMiddle());
            CompletableFuture.delayedExecutor(3 * Tail.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(proxy::release);

            assertThat(tail.awaitChanges(1).getFirst().after()).containsExactly("1", "y".repeat(20_000));
        }
    }

    @Test
    void manyFramesComeInFewBatches() {
        try (var tail = Tail.follow(database, tables)) {
            database.execute("INSERT INTO t SELECT i, 'x' FROM generate_series(1, 20000) i");

            assertThat(tail.awaitChanges(20_000))
                    .extracting(seen -> seen.origin().index())
                    .startsWith(0, 1, 2)
                    .endsWith(19_999);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void keepAlivesNeverMoveTheSlotAndConfirmingDoes(int major) {
        onServer(major);
        try (var tail = Tail.follow(database, tables)) {
            var before = slot().confirmedLsn();
            insert(1);
            tail.awaitChanges(1);
            database.execute("CREATE TABLE other AS SELECT generate_series(1, 1000)");
            tail.drain();
            tail.reader.keepAlive();
            assertThat(slot().confirmedLsn()).isEqualTo(before);

            var end = new Lsn(tail.commits.getLast().endLsn());
            tail.reader.confirm(end);
            tail.read();

            assertThat(tail.reader.reported()).isEqualTo(end);
            await().until(() -> slot().confirmedLsn().equals(end));
        }
    }

    @Test
    void confirmedPositionNeverGoesBack() {
        try (var tail = Tail.follow(database, tables)) {
            insert(1);
            tail.awaitChanges(1);
            var end = new Lsn(tail.commits.getLast().endLsn());
            tail.reader.confirm(end);
            tail.reader.confirm(Lsn.parse("0/1"));
            tail.read();

            assertThat(tail.reader.reported()).isEqualTo(end);
        }
    }

    @Test
    void whatWasNotConfirmedComesAgainAndNothingElse() {
        Lsn confirmed;
        try (var tail = Tail.follow(database, tables)) {
            insert(1);
            tail.awaitChanges(1);
            confirmed = new Lsn(tail.commits.getLast().endLsn());
            insert(2);
            tail.awaitChanges(2);
            tail.reader.confirm(confirmed);
        }
        awaitFree();
        try (var tail = new Tail(database, tables, confirmed)) {
            tail.awaitChanges(1);
            assertThat(tail.drain()).extracting(Tail.Seen::toString).containsExactly("insert t [2, 2]");
        }
    }

    @Test
    void keepAliveHoldsTheStreamWhileNobodyReads() {
        database.execute("ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '2s'");
        try (var tail = Tail.follow(database, tables)) {
            tail.drain();
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        tail.reader.keepAlive();
                        return slot().active();
                    });
            insert(1);

            assertThat(tail.awaitChanges(1)).hasSize(1);
        }
    }

    @Test
    void keepAliveHoldsTheStreamWhileTheSourceCannotSend() {
        database.execute("ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '2s'");
        try (var tail = Tail.follow(database, tables)) {
            database.execute("INSERT INTO t SELECT i, repeat('z', 100000) FROM generate_series(1, 150) i");
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        tail.reader.keepAlive();
                        return slot().active();
                    });

            assertThat(tail.awaitChanges(150)).hasSize(150);
        }
    }

    @Test
    void sourceThatHearsNothingEndsTheStream() {
        database.execute("ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '1s'");
        try (var tail = Tail.follow(database, tables)) {
            tail.drain();
            await().until(() -> !slot().active());

            assertFails(() -> tail.awaitChanges(1), FailureKind.SOURCE_UNREACHABLE);
        }
    }

    /** It was noticed only once the system gave up to send again, after a quarter of an hour. */
    @ParameterizedTest
    @CsvSource({"12, true", "18, true", "15, false"})
    void connectionThatBreaksWithoutAWordIsNoticed(int major, boolean bothWays) {
        onServer(major);
        database.execute("ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '1s'");
        try (var proxy = FaultProxy.before(database);
                var tail = Tail.follow(proxy.through(database), tables)) {
            tail.drain();
            if (bothWays) {
                proxy.hold();
            } else {
                proxy.hold(proxy.toClient());
            }
            insert(1);

            assertFails(() -> tail.awaitChanges(1), FailureKind.SOURCE_UNREACHABLE)
                    .hasMessageContaining("nothing came from source")
                    .hasMessageContaining(Tail.slot(database));
        }
        database.execute("ALTER DATABASE " + database.name() + " RESET wal_sender_timeout");
        new ReplicationSlot(Sources.of(database), Tail.slot(database)).evict("leat-test");
        awaitFree();
        try (var tail = new Tail(database, tables, Lsn.ZERO)) {
            assertThat(tail.awaitChanges(1)).extracting(Tail.Seen::toString).containsExactly("insert t [1, 1]");
        }
    }

    /** The source is asked for a sign of life, and a reader that gets one stays. */
    @Test
    void quietStreamIsNotTakenForABrokenOne() {
        database.execute("ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '1s'");
        try (var tail = Tail.follow(database, tables)) {
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (System.nanoTime() < end) {
                tail.read();
            }
            insert(1);

            assertThat(tail.awaitChanges(1)).hasSize(1);
        }
    }

    @Test
    void missingSlotIsLost() {
        Tail.prepare(database, tables);
        new ReplicationSlot(Sources.of(database), Tail.slot(database)).drop();

        assertFails(() -> new Tail(database, tables, Lsn.ZERO), FailureKind.SOURCE_SLOT_LOST)
                .hasMessageContaining(Tail.slot(database));
    }

    @Test
    void slotOfAnotherReaderIsBusy() {
        try (var tail = Tail.follow(database, tables)) {
            assertFails(() -> new Tail(database, tables, Lsn.ZERO), FailureKind.SOURCE_SLOT_BUSY)
                    .hasMessageContaining(Tail.slot(database));
            assertThat(tail.read()).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void publicationThatIsGoneIsAMissingObject(int major) {
        onServer(major);
        try (var tail = Tail.follow(database, tables)) {
            new Publication(Sources.of(database), "tail").drop();
            insert(1);

            assertFails(() -> tail.awaitChanges(1), FailureKind.SOURCE_OBJECT_MISSING)
                    .hasMessageContaining("publication \"tail\"");
        }
    }

    @Test
    void endedWalsenderIsAnUnreachableSource() {
        try (var tail = Tail.follow(database, tables)) {
            tail.drain();
            database.query(
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ?",
                    Tail.slot(database));

            assertFails(() -> tail.awaitChanges(1), FailureKind.SOURCE_UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamGoesOnAfterTheServerWasStarted(boolean immediate) {
        try (var tail = Tail.follow(database, tables)) {
            tail.drain();
            insert(1);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> server.stop(immediate));
            assertFails(() -> tail.awaitChanges(100), FailureKind.SOURCE_UNREACHABLE);
            tail.reader.abort();
            stop.join();
        }
        assertFails(() -> new Tail(database, tables, Lsn.ZERO), FailureKind.SOURCE_UNREACHABLE);
        server.start();
        try (var tail = new Tail(database, tables, Lsn.ZERO)) {
            assertThat(tail.awaitChanges(1)).extracting(Tail.Seen::toString).containsExactly("insert t [1, 1]");
        }
    }

    @Test
    void abortEndsAReadThatWaits() {
        Tail.prepare(database, tables);
        var source = Sources.of(database);
        try (var reader = WalReader.open(
                source, Tail.slot(database), "tail", Lsn.ZERO, Duration.ofMinutes(5), java.time.Clock.systemUTC())) {
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(reader::abort);

            assertFails(
                    () -> {
                        while (true) {
                            reader.read();
                        }
                    },
                    FailureKind.SOURCE_UNREACHABLE);
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFails(
            ThrowingCallable call, FailureKind kind) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private void onServer(int major) {
        if (database != null) {
            database.drop();
        }
        server = Servers.postgres(major);
        database = server.newDatabase();
        database.execute("CREATE TABLE t (id int PRIMARY KEY, a text)", "ALTER TABLE t ALTER a SET STORAGE EXTERNAL");
        tables = Sources.tables(database, "t");
    }

    private void insert(int id) {
        database.execute("INSERT INTO t VALUES (" + id + ", '" + id + "')");
    }

    private SlotState slot() {
        return new ReplicationSlot(Sources.of(database), Tail.slot(database))
                .state()
                .orElseThrow();
    }

    private void awaitFree() {
        await().until(() -> !slot().active());
    }
}
