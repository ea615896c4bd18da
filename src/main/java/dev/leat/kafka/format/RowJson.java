package dev.leat.kafka.format;

import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one table shape as JSON objects, and their keys; what all JSON formats share. */
final class RowJson {

    private final Table table;
    private final ColumnJson[] columns;
    private final boolean[] notNull;
    private final RowKey key;
    private final int[] partition;
    private final UnavailableColumns unavailable;
    private final byte[] keyHead;
    private final byte[] keyTail;
    private final JsonBuffer scratch = new JsonBuffer();
    private int current;

    /**
     * Compiles the shape's constants.
     *
     * @param table the shape
     * @param columns how each column is written
     * @param partitionColumns columns that choose the partition in place of the key
     * @param keyHead what stands before the key's object
     * @param keyTail what stands behind it
     */
    RowJson(Table table, List<ColumnJson> columns, List<Integer> partitionColumns, String keyHead, String keyTail) {
        int size = columns.size();
        this.table = table;
        this.columns = columns.toArray(new ColumnJson[0]);
        this.key = new RowKey(table);
        this.partition = partitionColumns.stream().mapToInt(Integer::intValue).toArray();
        this.keyHead = ColumnJson.utf8(keyHead);
        this.keyTail = ColumnJson.utf8(keyTail);
        this.notNull = new boolean[size];
        this.unavailable = new UnavailableColumns(table);
        for (int i = 0; i < size; i++) {
            notNull[i] = table.columns().get(i).notNull();
        }
    }

    /** Checks that a row has as many values as the shape has columns. */
    void expect(Row row) {
        if (row.size() != columns.length) {
            current = 0;
            throw UnwritableValue.MALFORMED;
        }
    }

    /** Writes all columns; an unchanged value is taken from the other row, which may be the row before. */
    void image(JsonBuffer out, Row row, @Nullable Row other) {
        int start = out.size();
        for (int i = 0; i < columns.length; i++) {
            ColumnJson column = columns[i];
            int length = row.length(i);
            if (length >= 0) {
                out.raw(column.name());
                write(out, i, row);
            } else if (length == Row.UNCHANGED) {
                unchanged(out, i, other);
            } else {
                out.raw(column.name());
                if (row.keyOnly() && !key.contains(i)) {
                    out.raw(column.unknown());
                } else {
                    none(out, i);
                }
            }
        }
        close(out, start);
    }

    /** Writes the columns that are known of a row of which only the key is. */
    void keyImage(JsonBuffer out, Row row) {
        int start = out.size();
        for (int i = 0; i < columns.length; i++) {
            if (row.length(i) >= 0 || key.contains(i)) {
                member(out, i, row);
            }
        }
        close(out, start);
    }

    /** Writes the previous values of the columns that changed; writes nothing and returns false if none is known to. */
    boolean changedImage(JsonBuffer out, Row before, Row after) {
        int start = out.size();
        for (int i = 0; i < columns.length; i++) {
            boolean known = before.keyOnly() ? before.length(i) >= 0 : !before.isUnchanged(i);
            if (known && !after.isUnchanged(i) && !before.sameValue(after, i)) {
                member(out, i, before);
            }
        }
        if (out.size() == start) {
            return false;
        }
        close(out, start);
        return true;
    }

    /** Writes the new values of the columns that changed or may have; a value that is known not to is left out. */
    void changes(JsonBuffer out, @Nullable Row before, Row after) {
        int start = out.size();
        for (int i = 0; i < columns.length; i++) {
            boolean known = before != null && (before.keyOnly() ? before.length(i) >= 0 : !before.isUnchanged(i));
            if (after.isUnchanged(i)) {
                if (!known) {
                    unavailable.mark(i);
                }
            } else if (!known || before == null || !before.sameValue(after, i)) {
                member(out, i, after);
            }
        }
        close(out, start);
    }

    private void member(JsonBuffer out, int column, Row row) {
        if (row.isUnchanged(column)) {
            unchanged(out, column, null);
            return;
        }
        out.raw(columns[column].name());
        if (row.isNull(column)) {
            none(out, column);
        } else {
            write(out, column, row);
        }
    }

    private void none(JsonBuffer out, int column) {
        if (columns[column].required()) {
            throw UnwritableValue.UNEXPECTED_NULL;
        }
        out.none();
    }

    private void unchanged(JsonBuffer out, int column, @Nullable Row other) {
        if (other != null && (other.length(column) >= 0 || (other.isNull(column) && !other.keyOnly()))) {
            member(out, column, other);
            return;
        }
        unavailable.mark(column);
        byte[] placeholder = columns[column].unavailable();
        if (placeholder != null) {
            out.raw(columns[column].name());
            out.raw(placeholder);
        }
    }

    private void write(JsonBuffer out, int column, Row row) {
        current = column;
        int start = row.start(column);
        columns[column].value().write(out, row.bytes(), start, start + row.length(column));
    }

    /** Ends an object whose members all begin with a comma. */
    private static void close(JsonBuffer out, int start) {
        if (out.size() == start) {
            out.ascii('{');
        } else {
            out.set(start, '{');
        }
        out.ascii('}');
    }

    /** Whether an update gave the row another key. */
    boolean keyChanged(Row before, Row after) {
        return key.changed(before, after);
    }

    /** The key's columns as an object; a value that the row lacks is taken from the other row. */
    byte[] key(Row row, @Nullable Row other) {
        scratch.reset();
        scratch.raw(keyHead);
        int start = scratch.size();
        for (int column : key.columns()) {
            scratch.raw(columns[column].name());
            keyValue(scratch, column, row, other);
        }
        close(scratch, start);
        scratch.raw(keyTail);
        return scratch.take();
    }

    private void keyValue(JsonBuffer out, int column, Row row, @Nullable Row other) {
        current = column;
        if (row.length(column) >= 0) {
            write(out, column, row);
        } else if (row.isUnchanged(column) && other != null && other.length(column) >= 0) {
            write(out, column, other);
        } else if (row.isUnchanged(column) || notNull[column]) {
            throw UnwritableValue.KEY_MISSING;
        } else {
            out.none();
        }
    }

    /** Whether columns of their own choose the partition. */
    boolean hasPartitionColumns() {
        return partition.length > 0;
    }

    /** What the partition is chosen by: the partition columns as an array. */
    byte[] partition(Row row, @Nullable Row other) {
        scratch.reset();
        for (int column : partition) {
            scratch.ascii(scratch.size() == 0 ? '[' : ',');
            boolean elsewhere = row.isUnchanged(column) || (row.keyOnly() && row.isNull(column));
            if (row.length(column) >= 0) {
                write(scratch, column, row);
            } else if (elsewhere && other != null && other.length(column) >= 0) {
                write(scratch, column, other);
            } else {
                scratch.none();
            }
        }
        scratch.ascii(']');
        return scratch.take();
    }

    /** Names of the columns whose values were not available since the last call, separated by commas. */
    byte @Nullable [] takeUnavailable() {
        return unavailable.take();
    }

    /** The failure that ends the work, told of the column at hand. */
    SyncException failure(UnwritableValue cause) {
        takeUnavailable();
        return cause.failure(table, current);
    }
}
