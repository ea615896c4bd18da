package dev.leat.kafka.format;

import dev.leat.change.Column;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import dev.leat.settings.UnavailableValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes Debezium's records as Connect's JSON converter does. */
final class DebeziumJsonWriter implements DebeziumWriter {

    private final Table table;
    private final RowJson rows;
    private final DebeziumEnvelope envelope;
    private final JsonBuffer out = new JsonBuffer();

    DebeziumJsonWriter(EncoderSpec spec, DebeziumOptions options) {
        this.table = spec.table();
        List<DebeziumType> types = options.types(table);
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
            columns.add(ColumnJson.of(column.name(), type.value(), unavailable, unknown, wrapped && column.notNull()));
        }
        return columns;
    }

    @Override
    public void begin() {
        out.reset();
    }

    @Override
    public void expect(Row row) {
        rows.expect(row);
    }

    @Override
    public boolean keyChanged(Row before, Row after) {
        return rows.keyChanged(before, after);
    }

    @Override
    public byte @Nullable [] key(Row row, @Nullable Row other) {
        return table.hasKey() ? rows.key(row, other) : null;
    }

    @Override
    public byte @Nullable [] partition(byte @Nullable [] key, Row row, @Nullable Row other) {
        return rows.hasPartitionColumns() ? rows.partition(row, other) : key;
    }

    @Override
    public byte[] value(Origin origin, DebeziumOperation operation, @Nullable Row before, @Nullable Row after) {
        envelope.before(out);
        image(before, null);
        envelope.after(out);
        image(after, before);
        envelope.end(out, origin, operation);
        return out.take();
    }

    @Override
    public byte[] created(Origin origin, Row after, Row former) {
        envelope.before(out);
        out.none();
        envelope.after(out);
        image(after, former);
        envelope.end(out, origin, DebeziumOperation.CREATE);
        return out.take();
    }

    private void image(@Nullable Row row, @Nullable Row other) {
        if (row == null) {
            out.none();
        } else {
            rows.image(out, row, other);
        }
    }

    @Override
    public byte @Nullable [] takeUnavailable() {
        return rows.takeUnavailable();
    }

    @Override
    public SyncException failure(UnwritableValue cause) {
        return rows.failure(cause);
    }
}
