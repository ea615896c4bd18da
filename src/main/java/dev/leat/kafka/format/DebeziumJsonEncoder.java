package dev.leat.kafka.format;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.settings.UnavailableValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes changes as Debezium's PostgreSQL connector does through Connect's JSON converter. */
final class DebeziumJsonEncoder implements RecordEncoder {

    private static final String NEW_KEY = "__debezium.newkey";
    private static final String OLD_KEY = "__debezium.oldkey";

    private final Table table;
    private final RowJson rows;
    private final DebeziumEnvelope envelope;
    private final boolean tombstones;
    private final JsonBuffer out = new JsonBuffer();

    DebeziumJsonEncoder(EncoderSpec spec) {
        DebeziumOptions options = DebeziumOptions.of(spec);
        this.table = spec.table();
        this.tombstones = options.tombstones();
        List<DebeziumType> types = table.columns().stream()
                .map(column -> DebeziumType.of(column.type(), options, !column.notNull()))
                .toList();
        DebeziumSchema schema = new DebeziumSchema(table, types, options.topicPrefix());
        boolean wrapped = options.schemas();
        String tail = wrapped ? "}" : "";
        this.rows = new RowJson(
                table, columns(spec, types, wrapped), spec.partitionColumns(), wrapped ? wrap(schema.key()) : "", tail);
        this.envelope = new DebeziumEnvelope(spec, options.topicPrefix(), wrapped ? wrap(schema.envelope()) : "", tail);
    }

    private static String wrap(String schema) {
        return "{\"schema\":" + schema + ",\"payload\":";
    }

    private static List<ColumnJson> columns(EncoderSpec spec, List<DebeziumType> types, boolean wrapped) {
        boolean omits = spec.unavailable() == UnavailableValues.OMIT;
        List<ColumnJson> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Column column = spec.table().columns().get(i);
            DebeziumType type = types.get(i);
            // as Debezium does, since readers take a column that is never null for a field that is never null
            String unknown = column.notNull() ? type.neutral() : "null";
            // a reader that goes by the schema refuses the whole record when a required field is missing or null
            String unsaid = wrapped ? unknown : "null";
            String unavailable = type.unavailable().equals("null") ? unsaid : type.unavailable();
            if (omits) {
                unavailable = wrapped && column.notNull() ? unknown : null;
            }
            columns.add(ColumnJson.of(column.name(), type.value(), unavailable, unknown));
        }
        return columns;
    }

    @Override
    public void encode(Change change, EncodedRecords records) {
        records.clear();
        out.reset();
        try {
            switch (change) {
                case Change.Read(Table ignored, Origin origin, Row after) ->
                    row(records, DebeziumOperation.READ, origin, after);
                case Change.Insert(Table ignored, Origin origin, Row after) ->
                    row(records, DebeziumOperation.CREATE, origin, after);
                case Change.Update(Table ignored, Origin origin, Row before, Row after) ->
                    update(records, origin, before, after);
                case Change.Delete(Table ignored, Origin origin, Row before) -> {
                    rows.expect(before);
                    delete(records, origin, before, null);
                }
                case Change.Truncate(Table ignored, Origin origin) -> truncate(records, origin);
            }
        } catch (UnwritableValue e) {
            records.clear();
            throw rows.failure(e);
        }
    }

    private void row(EncodedRecords records, DebeziumOperation operation, Origin origin, Row after) {
        rows.expect(after);
        byte[] key = key(after, null);
        byte[] partition = partition(key, after, null);
        byte[] value = value(origin, operation, null, after);
        records.add(new EncodedRecord(key, value, partition, null, null, rows.takeUnavailable()));
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
        byte[] partition = partition(key, after, before);
        byte[] value = value(origin, DebeziumOperation.UPDATE, before, after);
        records.add(new EncodedRecord(key, value, partition, null, null, rows.takeUnavailable()));
    }

    /** A row that gets another key is one that goes and one that comes; each record tells the other's key. */
    private void changeKey(EncodedRecords records, Origin origin, Row before, Row after) {
        byte[] key = key(after, before);
        byte[] formerKey = delete(records, origin, before, key);
        byte[] partition = partition(key, after, before);
        envelope.before(out);
        out.none();
        envelope.after(out);
        rows.image(out, after, before);
        envelope.end(out, origin, DebeziumOperation.CREATE);
        records.add(new EncodedRecord(key, out.take(), partition, OLD_KEY, formerKey, rows.takeUnavailable()));
    }

    private byte @Nullable [] delete(EncodedRecords records, Origin origin, Row before, byte @Nullable [] nextKey) {
        String header = nextKey == null ? null : NEW_KEY;
        byte[] key = key(before, null);
        byte[] partition = partition(key, before, null);
        byte[] value = value(origin, DebeziumOperation.DELETE, before, null);
        records.add(new EncodedRecord(key, value, partition, header, nextKey, rows.takeUnavailable()));
        if (tombstones) {
            records.add(new EncodedRecord(key, null, partition, header, nextKey, null));
        }
        return key;
    }

    private void truncate(EncodedRecords records, Origin origin) {
        byte[] value = value(origin, DebeziumOperation.TRUNCATE, null, null);
        records.add(new EncodedRecord(null, value, null, null, null, null));
    }

    private byte @Nullable [] key(Row row, @Nullable Row other) {
        return table.hasKey() ? rows.key(row, other) : null;
    }

    private byte @Nullable [] partition(byte @Nullable [] key, Row row, @Nullable Row other) {
        return rows.hasPartitionColumns() ? rows.partition(row, other) : key;
    }

    private byte[] value(Origin origin, DebeziumOperation operation, @Nullable Row before, @Nullable Row after) {
        envelope.before(out);
        if (before == null) {
            out.none();
        } else {
            rows.image(out, before, null);
        }
        envelope.after(out);
        if (after == null) {
            out.none();
        } else {
            rows.image(out, after, before);
        }
        envelope.end(out, origin, operation);
        return out.take();
    }
}
