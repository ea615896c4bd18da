package dev.leat.shape;

import dev.leat.change.Change;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.settings.Operation;
import dev.leat.shape.etl.EtlOutcome;
import dev.leat.shape.etl.EtlProgram;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user does to the changes of one table: which rows and operations pass, what ETL makes of the rows, which
 * columns remain, what they are called.
 * Compiled once per shape of the table. A table that keeps all its columns passes its rows on as they are; one that
 * does not gets rows of its own, so a shape is not safe for several threads.
 */
public final class TableShape {

    private final Table source;
    private final Table target;
    private final boolean changed;
    private final String topic;
    private final Set<Operation> operations;
    private final @Nullable ChangeFilter filter;
    private final @Nullable EtlProgram etl;
    private final int @Nullable [] projection;
    private final Row before = new Row();
    private final Row after = new Row();

    TableShape(
            TableMapping mapping, Set<Operation> operations, @Nullable ChangeFilter filter, @Nullable EtlProgram etl) {
        this.source = mapping.source();
        this.target = mapping.target();
        this.changed = mapping.changed();
        this.topic = mapping.topic();
        this.projection = mapping.projection();
        this.operations = operations;
        this.filter = filter;
        this.etl = etl;
    }

    /** The table as the source has it. */
    public Table source() {
        return source;
    }

    /** The table as it stands in records. */
    public Table target() {
        return target;
    }

    /** The topic of its records. */
    public String topic() {
        return topic;
    }

    /**
     * The change as it goes on; empty when the user does not want it.
     *
     * @throws RowRefused when ETL cannot work on the row
     */
    public Optional<Change> apply(Change change) {
        return filter == null ? wanted(change) : filter.apply(change).flatMap(this::wanted);
    }

    /** Operations are those that are sent, whatever the source did. */
    private Optional<Change> wanted(Change change) {
        if (!operations.contains(operation(change))) {
            return Optional.empty();
        }
        return etl == null ? Optional.of(mapped(change)) : transformed(change, etl.apply(change));
    }

    private Optional<Change> transformed(Change source, EtlOutcome outcome) {
        return switch (outcome) {
            case EtlOutcome.Kept(Change change) -> Optional.of(mapped(change));
            case EtlOutcome.Dropped _ -> Optional.empty();
            case EtlOutcome.Failed(var failure) -> throw new RowRefused(failure, source);
        };
    }

    private static Operation operation(Change change) {
        return switch (change) {
            case Change.Read ignored -> Operation.INSERT;
            case Change.Insert ignored -> Operation.INSERT;
            case Change.Update ignored -> Operation.UPDATE;
            case Change.Delete ignored -> Operation.DELETE;
            case Change.Truncate ignored -> Operation.TRUNCATE;
        };
    }

    private Change mapped(Change change) {
        if (!changed) {
            return change;
        }
        return switch (change) {
            case Change.Read read -> new Change.Read(target, read.origin(), mapped(read.after(), after));
            case Change.Insert insert -> new Change.Insert(target, insert.origin(), mapped(insert.after(), after));
            case Change.Update update ->
                new Change.Update(
                        target,
                        update.origin(),
                        update.before() == null ? null : mapped(update.before(), before),
                        mapped(update.after(), after));
            case Change.Delete delete -> new Change.Delete(target, delete.origin(), mapped(delete.before(), before));
            case Change.Truncate truncate -> new Change.Truncate(target, truncate.origin());
        };
    }

    private Row mapped(Row row, Row projected) {
        if (projection == null) {
            return row;
        }
        projected.project(row, projection);
        return projected;
    }
}
