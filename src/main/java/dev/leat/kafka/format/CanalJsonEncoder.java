package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.quoted;
import static dev.leat.kafka.format.ColumnJson.utf8;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as Canal's flat messages: one row a record, every value a string or null. What does not depend on the
 * row is rendered once.
 */
final class CanalJsonEncoder implements RecordEncoder {

    private static final byte[] ID = utf8("{\"id\":");
    private static final byte[] WRITTEN_AT = utf8(",\"ts\":");
    private static final byte[] NO_DATA = utf8(",\"data\":null,\"old\":null,\"gtid\":\"\"}");
    private static final byte[] DATA = utf8(",\"data\":[");
    private static final byte[] OLD = utf8("],\"old\":[");
    private static final byte[] OLD_END = utf8("],\"gtid\":\"\"}");
    private static final byte[] NO_OLD = utf8("],\"old\":null,\"gtid\":\"\"}");
    private static final byte[] EMPTY_OLD = utf8("],\"old\":[{}],\"gtid\":\"\"}");

    private final Table table;
    private final RowJson rows;
    private final boolean splitsKeyChange;
    private final boolean wholeOld;
    private final byte[] withoutOld;
    private final AtomicLong recordNumber;
    private final Clock clock;
    private final JsonBuffer out = new JsonBuffer();

    private final byte[] read;
    private final byte[] insert;
    private final byte[] update;
    private final byte[] delete;
    private final byte[] truncate;
    private final byte[] types;

    CanalJsonEncoder(EncoderSpec spec) {
        CanalOptions options = CanalOptions.of(spec.format());
        this.table = spec.table();
        this.rows = CanalValue.rows(spec, options);
        this.splitsKeyChange = spec.splitsKeyChange();
        this.wholeOld = options.wholeOld();
        this.withoutOld = options.emptyOld() ? EMPTY_OLD : NO_OLD;
        this.recordNumber = spec.recordNumber();
        this.clock = spec.clock();
        this.read = head(spec, options.initialReads() ? "INIT" : "INSERT");
        this.insert = head(spec, "INSERT");
        this.update = head(spec, "UPDATE");
        this.delete = head(spec, "DELETE");
        this.truncate = head(spec, "TRUNCATE");
        this.types = types(options.dataType());
    }

    @Override
    public void encode(Change change, EncodedRecords records) {
        records.clear();
        out.reset();
        try {
            switch (change) {
                case Change.Read(Table ignored, Origin origin, Row after) -> row(records, read, origin, after);
                case Change.Insert(Table ignored, Origin origin, Row after) -> row(records, insert, origin, after);
                case Change.Update(Table ignored, Origin origin, Row before, Row after) ->
                    update(records, origin, before, after);
                case Change.Delete(Table ignored, Origin origin, Row before) -> delete(records, origin, before);
                case Change.Truncate(Table ignored, Origin origin) -> truncate(records, origin);
            }
        } catch (UnwritableValue e) {
            records.clear();
            throw rows.failure(e);
        }
    }

    private void row(EncodedRecords records, byte[] head, Origin origin, Row after) {
        rows.expect(after);
        begin(head, origin);
        data(after, null);
        out.raw(NO_OLD);
        records.add(record(after, null));
    }

    private void update(EncodedRecords records, Origin origin, @Nullable Row before, Row after) {
        rows.expect(after);
        if (before != null) {
            rows.expect(before);
        }
        Row formerKey = before != null && rows.keyChanged(before, after) ? before : null;
        if (formerKey != null && splitsKeyChange) {
            delete(records, origin, formerKey);
            begin(insert, origin);
            data(after, before);
            out.raw(NO_OLD);
            records.add(record(after, before));
            return;
        }
        begin(update, origin);
        data(after, before);
        old(before, after);
        // a new key travels as the old one's, so that it follows what was said of the row before
        records.add(formerKey != null ? record(formerKey, after) : record(after, before));
    }

    private void delete(EncodedRecords records, Origin origin, Row before) {
        rows.expect(before);
        begin(delete, origin);
        data(before, null);
        out.raw(NO_OLD);
        records.add(record(before, null));
    }

    private void truncate(EncodedRecords records, Origin origin) {
        begin(truncate, origin);
        out.raw(NO_DATA);
        records.add(new EncodedRecord(null, out.take(), null, null, null, null));
    }

    private EncodedRecord record(Row identity, @Nullable Row other) {
        byte[] key = table.hasKey() ? rows.key(identity, other) : null;
        byte[] partition = rows.hasPartitionColumns() ? rows.partition(identity, other) : key;
        return new EncodedRecord(key, out.take(), partition, null, null, rows.takeUnavailable());
    }

    private void begin(byte[] head, Origin origin) {
        out.raw(ID);
        out.number(recordNumber.incrementAndGet());
        out.raw(head);
        out.number(Math.floorDiv(origin.committedAtMicros(), 1000L));
        out.raw(WRITTEN_AT);
        out.number(clock.millis());
        out.raw(types);
    }

    private void data(Row row, @Nullable Row before) {
        out.raw(DATA);
        if (row.keyOnly()) {
            rows.keyImage(out, row);
        } else {
            rows.image(out, row, before);
        }
    }

    private void old(@Nullable Row before, Row after) {
        int start = out.size();
        out.raw(OLD);
        boolean known = before != null;
        if (before != null && wholeOld && !before.keyOnly()) {
            rows.image(out, before, null);
        } else {
            known = before != null && rows.changedImage(out, before, after);
        }
        if (known) {
            out.raw(OLD_END);
        } else {
            out.end(start);
            out.raw(withoutOld);
        }
    }

    private static byte[] head(EncoderSpec spec, String type) {
        Table table = spec.table();
        String key = table.hasKey()
                ? table.key().stream()
                        .map(column -> quoted(table.columns().get(column).name()))
                        .collect(Collectors.joining(",", "[", "]"))
                : "null";
        return utf8(",\"database\":" + quoted(spec.database())
                + ",\"schema\":" + quoted(table.id().schema())
                + ",\"table\":" + quoted(table.id().table())
                + ",\"pkNames\":" + key
                + ",\"isDdl\":false,\"type\":\"" + type + "\",\"es\":");
    }

    private byte[] types(boolean dataType) {
        String names = map(column -> quoted(column.type().sqlName()));
        return utf8(",\"sql\":\"\",\"sqlType\":" + map(column -> Integer.toString(SqlTypes.of(column.type())))
                + ",\"mysqlType\":" + names
                + (dataType ? ",\"dataType\":" + names : ""));
    }

    private String map(Function<Column, String> value) {
        return table.columns().stream()
                .map(column -> quoted(column.name()) + ":" + value.apply(column))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
