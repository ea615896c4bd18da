package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.change.Lsn;
import dev.leat.fixture.Database;
import dev.leat.fixture.FaultProxy;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.Limits;
import dev.leat.settings.Phase;
import dev.leat.settings.ThrottleSettings;
import dev.leat.sync.TableProgress;
import dev.leat.walk.Mortal.Load;
import dev.leat.walk.Mortal.SaveCheckpoint;
import dev.leat.walk.Mortal.SaveTables;
import dev.leat.walk.Mortal.Started;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * The crash points of docs/faults.md, one test each: a run dies just there, the source is written to, and the next run
 * goes on without a loss and in the order of each row.
 */
class CrashPointsIT {

    private static final int ROWS = 3_000;
    private static final int LARGE = 5_000;
    private static final String CHANGE = "UPDATE item SET version = version + 1 WHERE id %% %d = 0";

    private Database source;
    private FaultProxy way;
    private Walk walk;
    private Mortal run;

    @BeforeEach
    void prepare() {
        source = Servers.postgres(15).newDatabase();
        source.execute(
                RowVersions.TABLE,
                "INSERT INTO item SELECT g, 0, repeat('x', 200) FROM generate_series(1, " + ROWS + ") g",
                "ANALYZE item");
        way = FaultProxy.before(source);
        FormatSettings format = new FormatSettings(FormatKind.CANAL_JSON, Map.of("snapshot.type", "INIT"));
        walk = new Walk(source, Servers.kafka(), WalkTask.task(source, format, EnumSet.allOf(Phase.class)));
        run = new Mortal(walk, way);
    }

    @AfterEach
    void drop() {
        walk.close();
        way.close();
    }

    @Test
    void point01BeforeTheSlotExists() {
        walk.start(run.diesBefore(call -> call instanceof Load && published()));
        died();
        assertThat(slots()).isZero();
        goesOn();
    }

    @Test
    void point02SlotMadeCheckpointNotSaved() {
        walk.start(run.diesBefore(SaveCheckpoint.class::isInstance));
        died();
        assertThat(slots()).isOne();
        assertThat(walk.checkpoints().load()).isEmpty();
        goesOn();
    }

    @Test
    void point03InTheMiddleOfAChunk() {
        way.toClient().after(300_000, run::die);
        walk.start(run.diesBefore(this::changed));
        died();
        assertThat(state()).isEqualTo(TableProgress.State.COPYING);
        goesOn();
    }

    @Test
    void point04TableFinishedStateNotSaved() {
        walk.start(run.diesBefore(call -> changed(call) || call instanceof SaveTables tables && tables.copied()));
        died();
        assertThat(state()).isEqualTo(TableProgress.State.COPYING);
        goesOn();
    }

    @Test
    void point05BetweenCopyAndTheFirstStreamedChange() {
        walk.start(run.diesBefore(call -> changed(call) || call.equals(new Started(Phase.INCREMENTAL))));
        died();
        assertThat(state()).isEqualTo(TableProgress.State.FOLLOWING);
        goesOn();
    }

    @Test
    void point06InTheMiddleOfALargeTransaction() {
        slow();
        walk.start(run.diesAfter(call -> call instanceof SaveCheckpoint save && save.inTransaction()));
        walk.follows();
        source.execute("INSERT INTO item SELECT g, 0, 'large' FROM generate_series(10001, " + (10_000 + LARGE) + ") g");
        died();
        assertThat(walk.checkpoints().load().orElseThrow().index()).isBetween(1, LARGE - 1);
        goesOn();
    }

    /** The copy that starts over waits for the transaction, since its snapshot must know how that ends. */
    @Test
    void point07WithAnOpenTransaction() throws SQLException {
        try (Connection open = source.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            walk.start(run.diesBefore(call -> {
                if (call.equals(new Started(Phase.FULL))) {
                    executed(statement, CHANGE.formatted(3));
                }
                return call instanceof SaveTables tables && tables.copied();
            }));
            died();
            way.refuse(false);
            walk.start();
            await().until(() -> !source.query(
                            "SELECT FROM pg_stat_activity WHERE state = 'active' AND datname = ?"
                                    + " AND query LIKE 'CREATE_REPLICATION_SLOT %'",
                            source.name())
                    .isEmpty());
            statement.execute("DELETE FROM item WHERE id % 10 = 0");
            open.commit();
            arrives();
        }
    }

    /** What one transaction wrote lies before what another has confirmed. */
    @Test
    void point08WithInterleavedTransactions() throws SQLException {
        walk.start(run);
        walk.follows();
        try (Connection one = source.connect();
                Connection other = source.connect();
                Statement first = one.createStatement();
                Statement second = other.createStatement()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            for (int i = 0; i < 10; i++) {
                first.execute("UPDATE item SET version = version + 1 WHERE id BETWEEN 1 AND 10");
                second.execute("UPDATE item SET version = version + 1 WHERE id BETWEEN 11 AND 20");
            }
            other.commit();
            walk.delivers();
            run.die();
            died();
            first.execute("UPDATE item SET version = version + 1 WHERE id BETWEEN 1 AND 10");
            second.execute("UPDATE item SET version = version + 1 WHERE id BETWEEN 11 AND 20");
            one.commit();
            other.commit();
        }
        goesOn();
    }

    @Test
    void point09SeveralRowsAtOneLsn() throws SQLException, IOException {
        slow();
        walk.start(run.diesAfter(call -> call instanceof SaveCheckpoint save && save.inTransaction()));
        walk.follows();
        source.query("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", "peek_" + source.name());
        copyIn();
        died();
        assertThat(source.value(
                        "SELECT count(DISTINCT lsn) * 10 < count(*) FROM pg_logical_slot_peek_binary_changes(?, NULL, NULL,"
                                + " 'proto_version', '1', 'publication_names', ?) WHERE get_byte(data, 0) = ascii('I')",
                        "peek_" + source.name(),
                        walk.slot()))
                .as("many rows share an LSN")
                .isEqualTo("true");
        goesOn();
    }

    @Test
    void point10AcknowledgedCheckpointNotSaved() {
        walk.start(run.diesBefore(call -> call instanceof SaveCheckpoint save && save.delivered()));
        walk.follows();
        source.execute(CHANGE.formatted(5));
        died();
        assertThat(walk.checkpoints().load().orElseThrow().commitLsn()).isEqualTo(Lsn.ZERO);
        goesOn();
    }

    @Test
    void point11CheckpointSavedSlotNotConfirmed() {
        walk.start(run.diesAfter(call -> call instanceof SaveCheckpoint save && save.delivered()));
        walk.follows();
        source.execute(CHANGE.formatted(5));
        died();
        assertThat(confirmed().isBefore(walk.checkpoints().load().orElseThrow().confirmable()))
                .as("the slot lags behind the checkpoint")
                .isTrue();
        int before = walk.records("public.item").size();
        source.execute("DELETE FROM item WHERE id = 1");
        way.refuse(false);
        walk.start();
        arrives();
        assertThat(walk.records("public.item"))
                .as("what the checkpoint holds is not sent again")
                .hasSize(before + 1);
    }

    /** Writes while the copy is under way, behind its snapshot. */
    private boolean changed(Mortal.Call call) {
        if (call.equals(new Started(Phase.FULL))) {
            source.execute(CHANGE.formatted(3));
        }
        return false;
    }

    private static void executed(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void slow() {
        walk.throttled(new ThrottleSettings(null, new Limits(null, LARGE, null)));
    }

    private void copyIn() throws SQLException, IOException {
        String lines = IntStream.range(0, LARGE)
                .mapToObj(i -> (10_001 + i) + "\t0\tcopied\n")
                .collect(Collectors.joining());
        try (Connection session = source.connect()) {
            session.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY item FROM STDIN", new StringReader(lines));
        }
    }

    private void died() {
        await("the end of the run")
                .atMost(Duration.ofSeconds(60))
                .until(() -> walk.end().isDone());
        assertThat(walk.end()).isCompletedExceptionally();
        assertThat(run.dead()).as("died where it had to").isTrue();
    }

    /** The source is written to while nobody is there; then a run goes on. */
    private void goesOn() {
        source.execute(
                CHANGE.formatted(2),
                "INSERT INTO item SELECT g, 0, 'late' FROM generate_series(20001, 20010) g",
                "DELETE FROM item WHERE id % 7 = 0",
                CHANGE.formatted(4));
        way.refuse(false);
        walk.throttled(new ThrottleSettings(null, null)).start();
        walk.follows();
        source.execute(CHANGE.formatted(6));
        arrives();
    }

    private void arrives() {
        RowVersions.arrive(source, Servers.kafka(), Duration.ofSeconds(60));
        walk.stop();
    }

    private TableProgress.State state() {
        return walk.checkpoints().tables().getFirst().state();
    }

    private boolean published() {
        return !source.query("SELECT FROM pg_publication").isEmpty();
    }

    private int slots() {
        return source.query("SELECT FROM pg_replication_slots WHERE database = ?", source.name())
                .size();
    }

    private Lsn confirmed() {
        return Lsn.parse(source.value(
                "SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = ?", walk.slot()));
    }
}
