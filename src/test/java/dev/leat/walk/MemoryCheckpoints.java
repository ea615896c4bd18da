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
import java.util.concurrent.ConcurrentSkipListMap;

/** Checkpoints that live as long as the test. */
final class MemoryCheckpoints implements Checkpoints {

    private final Map<TableId, TableProgress> tables = new ConcurrentSkipListMap<>();
    private final Map<TableId, KnownShape> shapes = new ConcurrentSkipListMap<>();
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
    }
}
