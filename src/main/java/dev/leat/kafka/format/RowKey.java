package dev.leat.kafka.format;

import dev.leat.change.Row;
import dev.leat.change.Table;

/** The columns that tell a row from another. */
final class RowKey {

    private final int[] columns;
    private final boolean[] members;

    RowKey(Table table) {
        this.columns = table.key().stream().mapToInt(Integer::intValue).toArray();
        this.members = new boolean[table.columns().size()];
        for (int column : columns) {
            members[column] = true;
        }
    }

    /** Indexes of the columns, in the key's order. */
    int[] columns() {
        return columns;
    }

    /** Whether a column is one of them. */
    boolean contains(int column) {
        return members[column];
    }

    /** Whether an update gave the row another key. */
    boolean changed(Row before, Row after) {
        for (int column : columns) {
            boolean known = before.keyOnly() ? before.length(column) >= 0 : !before.isUnchanged(column);
            if (known && !after.isUnchanged(column) && !before.sameValue(after, column)) {
                return true;
            }
        }
        return false;
    }
}
