package dev.leat.shape;

import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Operation;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskSettings;
import dev.leat.shape.filter.RowFilter;
import java.util.Optional;
import java.util.Set;

/** The row filters of a task's tables, and what they need of the log. */
final class TableFilters {

    private final TaskSettings task;

    TableFilters(TaskSettings task) {
        this.task = task;
    }

    /** The filter of a table; empty when all rows are wanted. */
    Optional<RowFilter> of(Table table) {
        return task.objects()
                .ruleFor(table.id())
                .map(ObjectRule::filter)
                .map(condition -> RowFilter.compile(condition, table));
    }

    /** The filter as it meets the changes of a table. */
    Optional<ChangeFilter> ofChanges(Table table, Set<Operation> operations) {
        return of(table).map(filter -> new ChangeFilter(filter, table, operations));
    }

    /** Whether a table's changes can be judged only by whole old rows. */
    boolean needsOldRows(Table table, Set<Operation> operations) {
        boolean looks = task.has(Phase.INCREMENTAL) && ChangeFilter.looksAtOldRows(operations);
        return looks && of(table).filter(filter -> !readsOnlyKey(filter, table)).isPresent();
    }

    /**
     * Makes sure that the log will hold the old rows that a filter needs.
     *
     * @throws SyncException of kind {@code SETTINGS} when it will not
     */
    void requireOldRows(Table table, Set<Operation> operations) {
        if (needsOldRows(table, operations) && !table.fullIdentity()) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Table " + table.id() + ": " + ChangeFilter.MISSING,
                    RowFilter.fullIdentity(table.id()),
                    null);
        }
    }

    static boolean readsOnlyKey(RowFilter filter, Table table) {
        return table.key().containsAll(filter.columns());
    }
}
