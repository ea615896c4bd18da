package dev.leat.shape;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.settings.TableEtl;
import dev.leat.shape.etl.EtlOutcome;
import dev.leat.shape.etl.EtlPlan;
import dev.leat.shape.etl.EtlProgram;
import java.util.Optional;

/** Shows what a table's steps would make of rows as the full phase copies them. Belongs to one thread. */
public final class EtlTrial {

    private final Table source;
    private final Table target;
    private final EtlProgram program;

    /**
     * Compiles the steps.
     *
     * @param field path of the table's entry in the settings, for messages
     * @throws dev.leat.failure.SyncException of kind {@code SETTINGS} when they do not fit the table
     */
    public EtlTrial(Table source, TableEtl etl, String field, String database) {
        EtlPlan plan = EtlPlan.compile(source, etl, field, database);
        this.source = source;
        this.target = plan.target();
        this.program = plan.program();
    }

    /** The table as the steps leave it. */
    public Table target() {
        return target;
    }

    /**
     * The row as the steps leave it, valid until the next one; empty when they drop it.
     *
     * @throws dev.leat.failure.SyncException of kind {@code SETTINGS} when a step cannot work on it
     */
    public Optional<Row> apply(Row row, Origin origin) {
        return switch (program.apply(new Change.Read(source, origin, row))) {
            case EtlOutcome.Kept(Change.Read(Table _, Origin _, Row after)) -> Optional.of(after);
            case EtlOutcome.Kept kept -> throw new IllegalStateException("a copied row became " + kept.change());
            case EtlOutcome.Dropped _ -> Optional.empty();
            case EtlOutcome.Failed(var failure) -> throw failure;
        };
    }
}
