package dev.leat.kafka.format;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import org.jspecify.annotations.Nullable;

/** Writes changes as DTS's Avro records, bare or behind the id of their schema. The key is JSON, as in Canal's records. */
final class DtsAvroEncoder implements RecordEncoder {

    private final Table table;
    private final RowJson keys;
    private final DtsValue[] values;
    private final RowKey key;
    private final DtsRecord record;
    private final UnavailableColumns unavailable;
    private final boolean splitsKeyChange;
    private final AvroBuffer out = new AvroBuffer();
    private int current;

    DtsAvroEncoder(EncoderSpec spec) {
        this(spec, DtsSchema.head(spec));
    }

    private DtsAvroEncoder(EncoderSpec spec, byte[] head) {
        int moneyScale = Choice.number(spec.format(), "money.fraction.digits", 2, 10);
        this.table = spec.table();
        this.keys = CanalValue.rows(spec, CanalOptions.DEFAULT);
        this.values = table.columns().stream()
                .map(column -> DtsValue.of(column.type(), moneyScale))
                .toArray(DtsValue[]::new);
        this.key = new RowKey(table);
        this.record = new DtsRecord(spec, head);
        this.unavailable = new UnavailableColumns(table);
        this.splitsKeyChange = spec.splitsKeyChange();
    }

    @Override
    public void encode(Change change, EncodedRecords records) {
        records.clear();
        out.reset();
        current = -1;
        try {
            switch (change) {
                case Change.Read(Table ignored, Origin origin, Row after) ->
                    row(records, DtsRecord.Operation.INIT, origin, after, null);
                case Change.Insert(Table ignored, Origin origin, Row after) ->
                    row(records, DtsRecord.Operation.INSERT, origin, after, null);
                case Change.Update(Table ignored, Origin origin, Row before, Row after) ->
                    update(records, origin, before, after);
                case Change.Delete(Table ignored, Origin origin, Row before) -> delete(records, origin, before);
                case Change.Truncate(Table ignored, Origin origin) -> truncate(records, origin);
            }
        } catch (UnwritableValue e) {
            records.clear();
            unavailable.take();
            throw current < 0 ? keys.failure(e) : e.failure(table, current);
        }
    }

    private void row(
            EncodedRecords records, DtsRecord.Operation operation, Origin origin, Row after, @Nullable Row other) {
        keys.expect(after);
        record.begin(out, origin, operation);
        out.branch(DtsRecord.NULL);
        image(after, other);
        record.end(out, origin);
        add(records, after, other);
    }

    private void update(EncodedRecords records, Origin origin, @Nullable Row before, Row after) {
        keys.expect(after);
        if (before != null) {
            keys.expect(before);
        }
        Row formerKey = before != null && key.changed(before, after) ? before : null;
        if (formerKey != null && splitsKeyChange) {
            delete(records, origin, formerKey);
            row(records, DtsRecord.Operation.INSERT, origin, after, formerKey);
            return;
        }
        record.begin(out, origin, DtsRecord.Operation.UPDATE);
        if (before != null) {
            image(before, null);
        } else {
            keyImage(after);
        }
        image(after, before);
        record.end(out, origin);
        // a new key travels as the old one's, so that it follows what was said of the row before
        add(records, formerKey != null ? formerKey : after, formerKey != null ? after : before);
    }

    private void delete(EncodedRecords records, Origin origin, Row before) {
        keys.expect(before);
        record.begin(out, origin, DtsRecord.Operation.DELETE);
        image(before, null);
        out.branch(DtsRecord.NULL);
        record.end(out, origin);
        add(records, before, null);
    }

    /** The schema knows no such operation, so it is told as the statement it was. */
    private void truncate(EncodedRecords records, Origin origin) {
        record.statement(out, origin, "TRUNCATE TABLE " + table.id().quoted());
        records.add(new EncodedRecord(null, out.take(), null, null, null, null));
    }

    private void add(EncodedRecords records, Row identity, @Nullable Row other) {
        current = -1;
        byte[] bytes = table.hasKey() ? keys.key(identity, other) : null;
        byte[] partition = keys.hasPartitionColumns() ? keys.partition(identity, other) : bytes;
        records.add(new EncodedRecord(bytes, out.take(), partition, null, null, unavailable.take()));
    }

    private void image(Row row, @Nullable Row other) {
        int block = open();
        for (int i = 0; i < values.length; i++) {
            if (row.length(i) >= 0) {
                write(i, row);
            } else if (row.isUnchanged(i)) {
                unchanged(i, other);
            } else if (row.keyOnly() && !key.contains(i)) {
                DtsValue.unknown(out);
            } else {
                DtsValue.none(out);
            }
        }
        out.closeBlock(block, values.length);
    }

    /** What is known of a row before its update when the log does not hold it: the key, which did not change. */
    private void keyImage(Row after) {
        int block = open();
        for (int i = 0; i < values.length; i++) {
            if (key.contains(i) && after.length(i) >= 0) {
                write(i, after);
            } else {
                DtsValue.unknown(out);
            }
        }
        out.closeBlock(block, values.length);
    }

    private int open() {
        out.branch(DtsRecord.ARRAY);
        return out.openBlock();
    }

    private void unchanged(int column, @Nullable Row other) {
        if (other != null && other.length(column) >= 0) {
            write(column, other);
        } else if (other != null && other.isNull(column) && !other.keyOnly()) {
            DtsValue.none(out);
        } else {
            unavailable.mark(column);
            DtsValue.unknown(out);
        }
    }

    private void write(int column, Row row) {
        current = column;
        int start = row.start(column);
        values[column].write(out, row.bytes(), start, start + row.length(column));
    }
}
