package dev.leat.walk;

import dev.leat.change.TableId;
import dev.leat.sync.Checkpoint;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.KnownShape;
import dev.leat.sync.TableProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Checkpoints that live as long as the test. */
final class MemoryCheckpoints implements Checkpoints {

    private final Map<TableId, TableProgress> tables = new ConcurrentSkipListMap<>();
    private final Map<TableId, KnownShape> shapes = new ConcurrentSkipListMap<>();
    private final Set<TableId> resyncs = new ConcurrentSkipListSet<>();
    private volatile Checkpoint checkpoint;

    void clear() {
        tables.clear();
        shapes.clear();
        checkpoint = null;
    }

    @Override
    public Optional<Checkpoint> load() {
        return Optional.ofNullable(checkpoint);
    }

    @Override
    public void save(Checkpoint saved) {
        checkpoint = saved;
    }

    @Override
    public List<KnownShape> shapes() {
        return new ArrayList<>(shapes.values());
    }

    @Override
    public void saveShapes(Collection<KnownShape> saved) {
        saved.forEach(shape -> shapes.put(shape.id(), shape));
    }

    @Override
    public List<TableProgress> tables() {
        return new ArrayList<>(tables.values());
    }

    @Override
    public void save(Collection<TableProgress> saved) {
        saved.forEach(table -> tables.put(table.id(), table));
        saved.stream()
                .filter(table -> table.state() == TableProgress.State.WAITING)
                .forEach(table -> resyncs.remove(table.id()));
    }

    /** A user wants a table copied again. */
    void resync(TableId table) {
        resyncs.add(table);
    }

    @Override
    public Set<TableId> resyncs() {
        return Set.copyOf(resyncs);
    }

    @Override
    public void forget(Collection<TableId> gone) {
        gone.forEach(tables::remove);
        gone.forEach(shapes::remove);
    }
}
