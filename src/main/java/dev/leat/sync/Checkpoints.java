package dev.leat.sync;

import dev.leat.change.TableId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a run keeps how far it has come. Every write names the run's generation; one that was overtaken by a successor
 * writes nothing and throws {@link dev.leat.failure.SyncException} of kind {@code FENCED}.
 */
public interface Checkpoints {

    /** The last checkpoint; empty before the slot exists. */
    Optional<Checkpoint> load();

    /** Saves a checkpoint; returns when it is durable. */
    void save(Checkpoint checkpoint);

    /** The tables' progress as last saved. */
    List<TableProgress> tables();

    /** The shapes of tables as they were last told; a table that has made no progress has none. */
    List<KnownShape> shapes();

    /** Saves the shapes of some tables that have made progress; returns when it is durable. */
    void saveShapes(Collection<KnownShape> shapes);

    /** Saves the progress of some tables; returns when it is durable. */
    void save(Collection<TableProgress> tables);

    /** Tables that a user wants copied again; saving one as waiting answers that. */
    Set<TableId> resyncs();

    /** Forgets the progress of tables that the task does not select any more. */
    void forget(Collection<TableId> tables);
}
