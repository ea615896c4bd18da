package dev.leat.kafka.format;

import dev.leat.change.Column;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import dev.leat.settings.UnavailableValues;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one table shape as Avro records, and their keys. */
final class RowAvro {

    private final Table table;
    private final ColumnAvro[] columns;
    private final boolean[] notNull;
    private final RowKey key;
    private final int[] partition;
    private final UnavailableColumns unavailable;
    private final AvroBuffer scratch = new AvroBuffer();
    private int current;

    /**
     * Compiles the shape's constants.
     *
     * @param spec the shape and what is known of the task
     * @param types how its columns are represented
     * @param record the schema of its rows
     */
    RowAvro(EncoderSpec spec, List<DebeziumType> types, Schema record) {
        this.table = spec.table();
        this.columns = columns(spec, types, record).toArray(new ColumnAvro[0]);
        this.notNull = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            notNull[i] = table.columns().get(i).notNull();
        }
        this.key = new RowKey(table);
        this.partition =
                spec.partitionColumns().stream().mapToInt(Integer::intValue).toArray();
        this.unavailable = new UnavailableColumns(table);
    }

    private static List<ColumnAvro> columns(EncoderSpec spec, List<DebeziumType> types, Schema record) {
        boolean omits = spec.unavailable() == UnavailableValues.OMIT;
        List<ColumnAvro> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Column column = spec.table().columns().get(i);
            Schema schema = record.getFields().get(i).schema();
            columns.add(ColumnAvro.of(column, types.get(i), schema, omits));
        }
        return columns;
    }

    /** Checks that a row has as many values as the shape has columns. */
    void expect(Row row) {
        if (row.size() != columns.length) {
            current = 0;
            throw UnwritableValue.MALFORMED;
        }
    }

    /** Writes all columns; an unchanged value is taken from the other row, which may be the row before. */
    void image(AvroBuffer out, Row row, @Nullable Row other) {
        for (int i = 0; i < columns.length; i++) {
            int length = row.length(i);
            if (length >= 0) {
                write(out, i, row);
            } else if (length == Row.UNCHANGED) {
                unchanged(out, i, other);
            } else {
                none(out, i, row.keyOnly() && !key.contains(i));
            }
        }
    }

    private void unchanged(AvroBuffer out, int column, @Nullable Row other) {
        if (other != null && other.length(column) >= 0) {
            write(out, column, other);
        } else if (other != null && other.isNull(column) && !other.keyOnly()) {
            none(out, column, false);
        } else {
            unavailable.mark(column);
            out.raw(columns[column].unavailable());
        }
    }

    private void none(AvroBuffer out, int column, boolean unknown) {
        if (unknown) {
            out.raw(columns[column].unknown());
            return;
        }
        if (notNull[column]) {
            throw UnwritableValue.UNEXPECTED_NULL;
        }
        out.raw(columns[column].none());
    }

    private void write(AvroBuffer out, int column, Row row) {
        current = column;
        int start = row.start(column);
        columns[column].value().write(out, row.bytes(), start, start + row.length(column));
    }

    /** Whether an update gave the row another key. */
    boolean keyChanged(Row before, Row after) {
        return key.changed(before, after);
    }

    /** The key's columns behind a head; a value that the row lacks is taken from the other row. */
    byte[] key(byte[] head, Row row, @Nullable Row other) {
        scratch.reset();
        scratch.raw(head);
        for (int column : key.columns()) {
            keyValue(column, row, other);
        }
        return scratch.take();
    }

    private void keyValue(int column, Row row, @Nullable Row other) {
        current = column;
        if (row.length(column) >= 0) {
            write(scratch, column, row);
        } else if (row.isUnchanged(column) && other != null && other.length(column) >= 0) {
            write(scratch, column, other);
        } else if (row.isUnchanged(column) || notNull[column]) {
            throw UnwritableValue.KEY_MISSING;
        } else {
            scratch.raw(columns[column].none());
        }
    }

    /** Whether columns of their own choose the partition. */
    boolean hasPartitionColumns() {
        return partition.length > 0;
    }

    /** What the partition is chosen by: the partition columns one after the other. */
    byte[] partition(Row row, @Nullable Row other) {
        scratch.reset();
        for (int column : partition) {
            boolean elsewhere = row.isUnchanged(column) || (row.keyOnly() && row.isNull(column));
            if (row.length(column) >= 0) {
                write(scratch, column, row);
            } else if (elsewhere && other != null && other.length(column) >= 0) {
                write(scratch, column, other);
            } else {
                scratch.raw(columns[column].none());
            }
        }
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
