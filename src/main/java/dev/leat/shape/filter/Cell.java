package dev.leat.shape.filter;

import dev.leat.change.Row;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;

/**
 * Where a column's value stands in rows.
 *
 * @param index the column's place
 * @param name its name, for messages
 * @param table its table, for messages
 */
record Cell(int index, String name, TableId table) {

    /** The row that holds the value: the row itself, or the other image where an update left a large value as it was. */
    Row in(Row row, Row rest) {
        if (!row.isUnchanged(index)) {
            return row;
        }
        if (rest.isUnchanged(index)) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Table " + table + ": the filter reads column '" + name
                            + "', whose large value an update left as it was, so that the log does not hold it.",
                    RowFilter.fullIdentity(table),
                    null);
        }
        return rest;
    }
}
