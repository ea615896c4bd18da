package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.OnTableFailure;
import dev.leat.settings.Phase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a table that fails, and of the others. */
class TableFailuresTest {

    private static final TableProgress TABLE =
            TableProgress.waiting(new TableId("public", "t"), "t", Lsn.parse("0/10"), 5);
    private static final SyncException TOO_LARGE =
            new SyncException(FailureKind.RECORD_TOO_LARGE, "Table public.t: too large.");

    private final SyncStatus status = new SyncStatus(Clock.systemUTC());
    private final Saved saved = new Saved();
    private final Told told = new Told();

    private TableFailures failures(OnTableFailure policy) {
        return new TableFailures(policy, saved, status, told);
    }

    @Test
    void aTableThatWasSetAsideIsNotSavedAsFollowing() {
        TableFailures failures = failures(OnTableFailure.SET_ASIDE);
        failures.failed(TABLE, TOO_LARGE);
        assertThat(failures.saveUnlessSetAside(List.of(TABLE.following()))).isEmpty();
        assertThat(saved.tables)
                .singleElement()
                .extracting(TableProgress::state)
                .isEqualTo(TableProgress.State.SET_ASIDE);
        assertThat(told.incidents).singleElement().asString().contains("resync table public.t");
    }

    @Test
    void aTableThatIsWellIsSaved() {
        assertThat(failures(OnTableFailure.SET_ASIDE).saveUnlessSetAside(List.of(TABLE.following())))
                .hasSize(1);
        assertThat(saved.tables).containsExactly(TABLE.following());
        assertThat(status.tables()).containsEntry(TABLE.id(), TABLE.following());
    }

    @Test
    void whatIsNotTheTablesOwnGoesOnAndSoDoesAllUnderStop() {
        SyncException gone = new SyncException(FailureKind.DESTINATION_UNREACHABLE, "Kafka: gone.");
        assertThatThrownBy(() -> failures(OnTableFailure.SET_ASIDE).failed(TABLE, gone))
                .isSameAs(gone);
        assertThatThrownBy(() -> failures(OnTableFailure.STOP).failed(TABLE, TOO_LARGE))
                .isSameAs(TOO_LARGE);
        assertThat(saved.tables).isEmpty();
    }

    /** Keeps what was saved of tables. */
    private static final class Saved implements Checkpoints {

        private final List<TableProgress> tables = new ArrayList<>();

        @Override
        public Optional<Checkpoint> load() {
            return Optional.empty();
        }

        @Override
        public void save(Checkpoint checkpoint) {}

        @Override
        public List<TableProgress> tables() {
            return tables;
        }

        @Override
        public List<KnownShape> shapes() {
            return List.of();
        }

        @Override
        public void saveShapes(Collection<KnownShape> shapes) {}

        @Override
        public void save(Collection<TableProgress> progress) {
            tables.addAll(progress);
        }

        @Override
        public Set<TableId> resyncs() {
            return Set.of();
        }

        @Override
        public void forget(Collection<TableId> gone) {}
    }

    /** Keeps the remedies of incidents. */
    private static final class Told implements SyncListener {

        private final List<String> incidents = new ArrayList<>();

        @Override
        public void phaseStarted(Phase phase) {}

        @Override
        public void phaseCompleted(Phase phase) {}

        @Override
        public void happened(String kind, String message) {}

        @Override
        public void incident(String kind, String message, String remedy) {
            incidents.add(remedy);
        }
    }
}
