package dev.leat.kafka.format;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the records that Debezium's PostgreSQL connector makes of changes, whatever they are written in. */
final class DebeziumEncoder implements RecordEncoder {

    private static final String NEW_KEY = "__debezium.newkey";
    private static final String OLD_KEY = "__debezium.oldkey";

    private final Function<EncoderSpec, DebeziumWriter> writers;
    private final boolean tombstones;
    private EncoderSpec spec;
    private DebeziumWriter writer;

    private DebeziumEncoder(EncoderSpec spec, DebeziumOptions options, Function<EncoderSpec, DebeziumWriter> writers) {
        this.spec = spec;
        this.writers = writers;
        this.writer = writers.apply(spec);
        this.tombstones = options.tombstones();
    }

    /** Records in JSON. */
    static DebeziumEncoder json(EncoderSpec spec) {
        DebeziumOptions options = DebeziumOptions.of(spec);
        return new DebeziumEncoder(spec, options, shape -> new DebeziumJsonWriter(shape, options));
    }

    /** Records in Avro, whose schemas are registered now. */
    static DebeziumEncoder avro(EncoderSpec spec) {
        DebeziumOptions options = DebeziumOptions.avro(spec);
        return new DebeziumEncoder(spec, options, shape -> new DebeziumAvroWriter(shape, options));
    }

    @Override
    public void encode(Change change, EncodedRecords records) {
        try {
            write(change, records);
        } catch (UnwritableValue e) {
            records.clear();
            if (e != UnwritableValue.UNEXPECTED_NULL) {
                throw writer.failure(e);
            }
            writer.takeUnavailable();
            spec = spec.with(NullableColumns.with(spec.table(), change));
            writer = writers.apply(spec);
            encode(change, records);
        }
    }

    private void write(Change change, EncodedRecords records) {
        records.clear();
        writer.begin();
        switch (change) {
            case Change.Read(Table ignored, Origin origin, Row after) ->
                row(records, DebeziumOperation.READ, origin, after);
            case Change.Insert(Table ignored, Origin origin, Row after) ->
                row(records, DebeziumOperation.CREATE, origin, after);
            case Change.Update(Table ignored, Origin origin, Row before, Row after) ->
                update(records, origin, before, after);
            case Change.Delete(Table ignored, Origin origin, Row before) -> {
                writer.expect(before);
                delete(records, origin, before, null);
            }
            case Change.Truncate(Table ignored, Origin origin) -> truncate(records, origin);
        }
    }

    private void row(EncodedRecords records, DebeziumOperation operation, Origin origin, Row after) {
        writer.expect(after);
        byte[] key = writer.key(after, null);
        byte[] partition = writer.partition(key, after, null);
        byte[] value = writer.value(origin, operation, null, after);
        records.add(new EncodedRecord(key, value, partition, null, null, writer.takeUnavailable()));
    }

    private void update(EncodedRecords records, Origin origin, @Nullable Row before, Row after) {
        writer.expect(after);
        if (before != null) {
            writer.expect(before);
            if (writer.keyChanged(before, after)) {
                changeKey(records, origin, before, after);
                return;
            }
        }
        byte[] key = writer.key(after, before);
        byte[] partition = writer.partition(key, after, before);
        byte[] value = writer.value(origin, DebeziumOperation.UPDATE, before, after);
        records.add(new EncodedRecord(key, value, partition, null, null, writer.takeUnavailable()));
    }

    /** A row that gets another key is one that goes and one that comes; each record tells the other's key. */
    private void changeKey(EncodedRecords records, Origin origin, Row before, Row after) {
        byte[] key = writer.key(after, before);
        byte[] formerKey = delete(records, origin, before, key);
        byte[] partition = writer.partition(key, after, before);
        byte[] value = writer.created(origin, after, before);
        records.add(new EncodedRecord(key, value, partition, OLD_KEY, formerKey, writer.takeUnavailable()));
    }

    private byte @Nullable [] delete(EncodedRecords records, Origin origin, Row before, byte @Nullable [] nextKey) {
        String header = nextKey == null ? null : NEW_KEY;
        byte[] key = writer.key(before, null);
        byte[] partition = writer.partition(key, before, null);
        byte[] value = writer.value(origin, DebeziumOperation.DELETE, before, null);
        records.add(new EncodedRecord(key, value, partition, header, nextKey, writer.takeUnavailable()));
        if (tombstones) {
            records.add(new EncodedRecord(key, null, partition, header, nextKey, null));
        }
        return key;
    }

    private void truncate(EncodedRecords records, Origin origin) {
        byte[] value = writer.value(origin, DebeziumOperation.TRUNCATE, null, null);
        records.add(new EncodedRecord(null, value, null, null, null, null));
    }
}
