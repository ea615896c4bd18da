package dev.leat.worker;

import dev.leat.change.TableId;
import dev.leat.settings.Phase;
import dev.leat.sync.Checkpoint;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.KnownShape;
import dev.leat.sync.SlotHealth;
import dev.leat.sync.SyncListener;
import dev.leat.sync.TableProgress;
import dev.leat.task.TaskRuns;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries what a run reports into the task: its phase, its events, and that it makes progress again. */
final class Attempt implements SyncListener, Checkpoints {

    private final TaskRuns runs;
    private final TaskRuns.Claim claim;
    private final WalPolicy wal;
    private final Checkpoints stored;
    private volatile boolean troubled;

    Attempt(TaskRuns runs, TaskRuns.Claim claim, WalPolicy wal) {
        this.runs = runs;
        this.claim = claim;
        this.wal = wal;
        this.stored = runs.checkpoints(claim);
        this.troubled = claim.failingSince() != null;
    }

    /** Whether nothing was delivered since the trouble began. */
    boolean troubled() {
        return troubled;
    }

    @Override
    public void phaseStarted(Phase phase) {
        if (phase == Phase.SCHEMA) {
            runs.touchesSource(claim);
        } else {
            runs.recovered(claim);
        }
        runs.phase(claim, phase);
        runs.event(claim, "INFO", "PHASE_STARTED", "Phase " + phase + " started", null);
    }

    @Override
    public void phaseCompleted(Phase phase) {
        runs.event(claim, "INFO", "PHASE_COMPLETED", "Phase " + phase + " completed", null);
    }

    @Override
    public void happened(String kind, String message) {
        runs.event(claim, "INFO", kind, message, null);
    }

    @Override
    public void incident(String kind, String message, String remedy) {
        runs.event(claim, "WARN", kind, message, remedy);
    }

    @Override
    public void slotSeen(SlotHealth health) {
        wal.seen(claim, health);
    }

    @Override
    public Optional<Checkpoint> load() {
        return stored.load();
    }

    @Override
    public void save(Checkpoint checkpoint) {
        stored.save(checkpoint);
        progressed();
    }

    @Override
    public List<TableProgress> tables() {
        return stored.tables();
    }

    @Override
    public void save(Collection<TableProgress> tables) {
        stored.save(tables);
        if (tables.stream().anyMatch(table -> table.state() == TableProgress.State.COPIED)) {
            progressed();
        }
    }

    @Override
    public List<KnownShape> shapes() {
        return stored.shapes();
    }

    @Override
    public void saveShapes(Collection<KnownShape> shapes) {
        stored.saveShapes(shapes);
    }

    @Override
    public Set<TableId> resyncs() {
        return stored.resyncs();
    }

    @Override
    public void forget(Collection<TableId> tables) {
        stored.forget(tables);
    }

    private void progressed() {
        if (troubled) {
            runs.progressed(claim);
            troubled = false;
        }
    }
}
