package dev.leat.walk;

import dev.leat.change.TableId;
import dev.leat.fixture.FaultProxy;
import dev.leat.settings.Phase;
import dev.leat.sync.Checkpoint;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.KnownShape;
import dev.leat.sync.SyncListener;
import dev.leat.sync.TableProgress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a run speaks to, and that ends it at a point as {@code kill -9} does: from there on nothing of it reaches its
 * source or its checkpoints, whatever it tries while it falls.
 */
final class Mortal implements Checkpoints, SyncListener {

    /** What the run is about to say, or has just said. */
    sealed interface Call {}

    record Load() implements Call {}

    record SaveCheckpoint(Checkpoint checkpoint) implements Call {

        /** Whether it says that something was delivered. */
        boolean delivered() {
            return checkpoint.commitLsn().value() != 0;
        }

        /** Whether it stands in the middle of a transaction. */
        boolean inTransaction() {
            return checkpoint.index() > 0 && checkpoint.confirmable().isBefore(checkpoint.commitLsn());
        }
    }

    record SaveTables(Collection<TableProgress> tables) implements Call {

        boolean copied() {
            return tables.stream().anyMatch(table -> table.state() == TableProgress.State.COPIED);
        }
    }

    record SaveShapes() implements Call {}

    record Started(Phase phase) implements Call {}

    record Completed(Phase phase) implements Call {}

    private final Checkpoints stored;
    private final SyncListener told;
    private final FaultProxy way;
    private Predicate<Call> before = call -> false;
    private Predicate<Call> after = call -> false;
    private volatile boolean dead;

    Mortal(Walk walk, FaultProxy way) {
        this.stored = walk.checkpoints();
        this.told = walk.told();
        this.way = way;
        walk.through(way);
        way.refuse(false);
    }

    Mortal diesBefore(Predicate<Call> point) {
        before = point;
        return this;
    }

    Mortal diesAfter(Predicate<Call> point) {
        after = point;
        return this;
    }

    boolean dead() {
        return dead;
    }

    void die() {
        dead = true;
        way.refuse(true);
    }

    private <T> T say(Call call, Supplier<T> work) {
        dieIf(before.test(call));
        T answer = work.get();
        dieIf(after.test(call));
        return answer;
    }

    private void say(Call call, Runnable work) {
        say(call, () -> {
            work.run();
            return call;
        });
    }

    private void dieIf(boolean now) {
        if (now && !dead) {
            die();
        }
        if (dead) {
            throw new IllegalStateException("killed by the test");
        }
    }

    @Override
    public Optional<Checkpoint> load() {
        return say(new Load(), stored::load);
    }

    @Override
    public void save(Checkpoint checkpoint) {
        say(new SaveCheckpoint(checkpoint), () -> stored.save(checkpoint));
    }

    @Override
    public List<TableProgress> tables() {
        return say(new Load(), stored::tables);
    }

    @Override
    public List<KnownShape> shapes() {
        return say(new Load(), stored::shapes);
    }

    @Override
    public void saveShapes(Collection<KnownShape> shapes) {
        say(new SaveShapes(), () -> stored.saveShapes(shapes));
    }

    @Override
    public void save(Collection<TableProgress> tables) {
        say(new SaveTables(List.copyOf(tables)), () -> stored.save(tables));
    }

    @Override
    public Set<TableId> resyncs() {
        return stored.resyncs();
    }

    @Override
    public void forget(Collection<TableId> tables) {
        stored.forget(tables);
    }

    @Override
    public void phaseStarted(Phase phase) {
        say(new Started(phase), () -> told.phaseStarted(phase));
    }

    @Override
    public void phaseCompleted(Phase phase) {
        say(new Completed(phase), () -> told.phaseCompleted(phase));
    }

    @Override
    public void happened(String kind, String message) {
        told.happened(kind, message);
    }

    @Override
    public void incident(String kind, String message, String remedy) {
        told.incident(kind, message, remedy);
    }
}
