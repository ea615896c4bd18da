package dev.leat.shape;

import dev.leat.change.Change;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.Operation;
import dev.leat.shape.filter.RowFilter;
import java.util.Optional;
import java.util.Set;

/**
 * What a row filter makes of changes: an update that takes a row out of the filter becomes a delete, one that brings it
 * in an insert. Copied rows have passed the filter at the source.
 */
final class ChangeFilter {

    static final String MISSING =
            "its filter reads columns outside the key, and only REPLICA IDENTITY FULL makes the log"
                    + " tell what they were before an UPDATE or DELETE.";

    private final RowFilter filter;
    private final Table table;
    private final boolean keyIsEnough;
    private final boolean looksAtOldRows;
    private final boolean deletes;

    ChangeFilter(RowFilter filter, Table table, Set<Operation> operations) {
        this.filter = filter;
        this.table = table;
        this.keyIsEnough = TableFilters.readsOnlyKey(filter, table);
        this.looksAtOldRows = looksAtOldRows(operations);
        this.deletes = operations.contains(Operation.DELETE);
    }

    /** A task that carries neither updates nor deletes sends rows as they were inserted, and looks at nothing else. */
    static boolean looksAtOldRows(Set<Operation> operations) {
        return operations.contains(Operation.UPDATE) || operations.contains(Operation.DELETE);
    }

    /** The change as it concerns the rows that pass; empty when it concerns none. */
    Optional<Change> apply(Change change) {
        return switch (change) {
            case Change.Read read -> Optional.of(read);
            case Change.Truncate truncate -> Optional.of(truncate);
            case Change.Insert insert -> filter.passes(insert.after()) ? Optional.of(insert) : Optional.empty();
            case Change.Delete delete -> deletes ? deleted(delete) : Optional.empty();
            case Change.Update update -> looksAtOldRows ? updated(update) : Optional.empty();
        };
    }

    private Optional<Change> deleted(Change.Delete delete) {
        require(delete.before());
        return filter.passes(delete.before()) ? Optional.of(delete) : Optional.empty();
    }

    private Optional<Change> updated(Change.Update update) {
        Row before = update.before();
        Row after = update.after();
        if (before == null) {
            // the log holds no old row where the key stayed as it was
            requireKeyOnly();
            return filter.passes(after) ? Optional.of(update) : Optional.empty();
        }
        require(before);
        boolean passed = filter.passes(before, after);
        boolean passes = filter.passes(after, before);
        if (passed == passes) {
            return passes ? Optional.of(update) : Optional.empty();
        }
        return Optional.of(
                passes
                        ? new Change.Insert(update.table(), update.origin(), CompleteRow.of(after, before))
                        : new Change.Delete(update.table(), update.origin(), before));
    }

    private void require(Row before) {
        if (before.keyOnly()) {
            requireKeyOnly();
        }
    }

    private void requireKeyOnly() {
        if (!keyIsEnough) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Table " + table.id() + ": " + MISSING + " The log holds a change without its old row.",
                    RowFilter.fullIdentity(table.id())
                            + " Changes that were made before that stay without old rows: resync the table, then resume"
                            + " the task.",
                    null);
        }
    }
}
