package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.quoted;
import static dev.leat.kafka.format.ColumnJson.utf8;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Writes changes as SharePlex's JSON, as DTS does: {@code meta}, {@code data} and, for an update, the old {@code key}. */
final class SharePlexJsonEncoder implements RecordEncoder {

    private static final byte[] TIME = utf8("{\"meta\":{\"time\":\"");
    private static final byte[] USER = utf8("\",\"userid\":0,\"op\":\"");
    private static final byte[] SCN = utf8("\",\"scn\":\"");
    private static final byte[] TRANSACTION = utf8("\",\"rowid\":\"\",\"trans\":\"");
    private static final byte[] SEQUENCE = utf8("\",\"seq\":");
    private static final byte[] SIZE = utf8(",\"size\":");
    private static final byte[] POST_TIME = utf8("\",\"posttime\":\"");
    private static final byte[] DATA = utf8("\"},\"data\":");
    private static final byte[] KEY = utf8(",\"key\":");
    private static final byte[] EMPTY = utf8("{}");

    private static final byte[] INSERT = utf8("ins");
    private static final byte[] UPDATE = utf8("upd");
    private static final byte[] DELETE = utf8("del");
    private static final byte[] TRUNCATE = utf8("truncate");

    private static final long SECOND = 1_000_000;
    private static final long DAY_SECONDS = 86_400;

    private final Table table;
    private final RowJson rows;
    private final boolean splitsKeyChange;
    private final byte[] tableName;
    private final Clock clock;
    private final JsonBuffer out = new JsonBuffer();

    SharePlexJsonEncoder(EncoderSpec spec) {
        this.table = spec.table();
        this.rows = CanalValue.rows(spec, CanalOptions.DEFAULT);
        this.splitsKeyChange = spec.splitsKeyChange();
        this.tableName = utf8(",\"table\":" + quoted(table.id().toString()) + ",\"idx\":\"");
        this.clock = spec.clock();
    }

    @Override
    public void encode(Change change, EncodedRecords records) {
        records.clear();
        out.reset();
        try {
            switch (change) {
                case Change.Read(Table ignored, Origin origin, Row after) -> insert(records, origin, after, null);
                case Change.Insert(Table ignored, Origin origin, Row after) -> insert(records, origin, after, null);
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

    private void insert(EncodedRecords records, Origin origin, Row after, @Nullable Row other) {
        rows.expect(after);
        meta(origin, INSERT);
        rows.image(out, after, other);
        out.ascii('}');
        byte[] key = key(after, other);
        records.add(record(key, after, other));
    }

    private void update(EncodedRecords records, Origin origin, @Nullable Row before, Row after) {
        rows.expect(after);
        if (before != null) {
            rows.expect(before);
            if (rows.keyChanged(before, after)) {
                changeKey(records, origin, before, after);
                return;
            }
        }
        byte[] key = key(after, before);
        changes(origin, before, after, key);
        records.add(record(key, after, before));
    }

    /** A new key travels as the old one's, so that it follows what was said of the row before. */
    private void changeKey(EncodedRecords records, Origin origin, Row before, Row after) {
        if (splitsKeyChange) {
            delete(records, origin, before);
            insert(records, origin, after, before);
        } else {
            byte[] key = key(before, after);
            changes(origin, before, after, key);
            records.add(record(key, before, after));
        }
    }

    /** The columns that changed, as far as that is known, and what is known of the row before. */
    private void changes(Origin origin, @Nullable Row before, Row after, byte @Nullable [] key) {
        meta(origin, UPDATE);
        rows.changes(out, before, after);
        out.raw(KEY);
        if (before == null) {
            out.raw(key == null ? EMPTY : key);
        } else if (before.keyOnly()) {
            rows.keyImage(out, before);
        } else {
            rows.image(out, before, null);
        }
        out.ascii('}');
    }

    private void delete(EncodedRecords records, Origin origin, Row before) {
        rows.expect(before);
        meta(origin, DELETE);
        if (before.keyOnly()) {
            rows.keyImage(out, before);
        } else {
            rows.image(out, before, null);
        }
        out.ascii('}');
        byte[] key = key(before, null);
        records.add(record(key, before, null));
    }

    private void truncate(EncodedRecords records, Origin origin) {
        meta(origin, TRUNCATE);
        out.raw(EMPTY);
        out.ascii('}');
        records.add(new EncodedRecord(null, out.take(), null, null, null, null));
    }

    private byte @Nullable [] key(Row row, @Nullable Row other) {
        return table.hasKey() ? rows.key(row, other) : null;
    }

    private EncodedRecord record(byte @Nullable [] key, Row row, @Nullable Row other) {
        byte[] partition = rows.hasPartitionColumns() ? rows.partition(row, other) : key;
        return new EncodedRecord(key, out.take(), partition, null, null, rows.takeUnavailable());
    }

    /** A copied row is a transaction of its own. */
    private void meta(Origin origin, byte[] operation) {
        boolean copied = origin.transactionSize() == 0;
        int place = copied ? 1 : origin.index() + 1;
        int size = copied ? 1 : origin.transactionSize();
        out.raw(TIME);
        time(Math.floorDiv(origin.committedAtMicros(), SECOND));
        out.raw(USER);
        out.raw(operation);
        out.raw(SCN);
        out.number(origin.lsn());
        out.raw(TRANSACTION);
        out.number(Integer.toUnsignedLong(origin.transactionId()));
        out.raw(SEQUENCE);
        out.number(place);
        out.raw(SIZE);
        out.number(size);
        out.raw(tableName);
        out.number(place);
        out.ascii('/');
        out.number(size);
        out.raw(POST_TIME);
        time(clock.instant().getEpochSecond());
        out.raw(DATA);
    }

    private void time(long epochSecond) {
        int at = IsoJson.date(out.array(), out.reserve(IsoJson.ROOM), Math.floorDiv(epochSecond, DAY_SECONDS));
        out.array()[at++] = 'T';
        out.end(IsoJson.time(out.array(), at, Math.floorMod(epochSecond, DAY_SECONDS) * SECOND));
    }
}
