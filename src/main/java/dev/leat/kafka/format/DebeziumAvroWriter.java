package dev.leat.kafka.format;

import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes Debezium's records as Confluent's Avro converter does, behind the ids of their schemas. */
final class DebeziumAvroWriter implements DebeziumWriter {

    private final Table table;
    private final RowAvro rows;
    private final AvroEnvelope envelope;
    private final byte[] keyHead;
    private final byte[] valueHead;
    private final AvroBuffer out = new AvroBuffer();

    DebeziumAvroWriter(EncoderSpec spec, DebeziumOptions options) {
        this.table = spec.table();
        List<DebeziumType> types = options.types(table);
        DebeziumSchema connect = new DebeziumSchema(table, types, options.topicPrefix());
        AvroSchemas schemas =
                new AvroSchemas(connect.prefix(), legalPrefix(table, options.topicPrefix()), options.nestedArrays());
        Schema value = schemas.of(connect.envelope());
        this.rows = new RowAvro(
                spec, types, AvroSchemas.withoutNull(value.getField("after").schema()));
        this.envelope = new AvroEnvelope(spec, options.topicPrefix());
        this.keyHead = table.hasKey() ? SubjectStrategy.key(spec).head(spec, schemas.of(connect.key())) : new byte[0];
        this.valueHead = SubjectStrategy.value(spec).head(spec, value);
    }

    /** Dots in the names of schema and table are no dots of a namespace. */
    private static String legalPrefix(Table table, String topicPrefix) {
        return AvroName.dotted(topicPrefix) + "." + AvroName.of(table.id().schema()) + "."
                + AvroName.of(table.id().table());
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
        return table.hasKey() ? rows.key(keyHead, row, other) : null;
    }

    @Override
    public byte @Nullable [] partition(byte @Nullable [] key, Row row, @Nullable Row other) {
        return rows.hasPartitionColumns() ? rows.partition(row, other) : key;
    }

    @Override
    public byte[] value(Origin origin, DebeziumOperation operation, @Nullable Row before, @Nullable Row after) {
        out.raw(valueHead);
        image(before, null);
        image(after, before);
        envelope.end(out, origin, operation);
        return out.take();
    }

    @Override
    public byte[] created(Origin origin, Row after, Row former) {
        out.raw(valueHead);
        image(null, null);
        image(after, former);
        envelope.end(out, origin, DebeziumOperation.CREATE);
        return out.take();
    }

    private void image(@Nullable Row row, @Nullable Row other) {
        if (row == null) {
            out.branch(AvroSchemas.NULL);
        } else {
            out.branch(AvroSchemas.VALUE);
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
