package dev.leat.kafka.format;

import dev.leat.change.Change;
import dev.leat.change.Table;
import dev.leat.settings.FormatKind;
import dev.leat.settings.UnavailableValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** An encoder with a registry in memory, whose records are read with Avro's own library; nothing may be left over. */
final class AvroReading {

    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final List<String> subjects = new ArrayList<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final RecordEncoder encoder;
    private final EncodedRecords records = new EncodedRecords();

    AvroReading(FormatKind kind, Table table, String... options) {
        this(kind, table, UnavailableValues.PLACEHOLDER, true, List.of(), options);
    }

    AvroReading(
            FormatKind kind,
            Table table,
            UnavailableValues unavailable,
            boolean splits,
            List<Integer> partitionColumns,
            String... options) {
        EncoderSpec spec = Shapes.spec(kind, table, unavailable, splits, partitionColumns, options);
        encoder = RecordEncoders.compile(new EncoderSpec(
                spec.table(),
                spec.database(),
                spec.topicPrefix(),
                spec.version(),
                spec.format(),
                spec.unavailable(),
                spec.splitsKeyChange(),
                spec.partitionColumns(),
                spec.recordNumber(),
                spec.clock(),
                spec.topic(),
                spec.sourceVersion(),
                this::register));
    }

    private int register(String subject, String schema) {
        subjects.add(subject);
        schemas.add(new Schema.Parser().parse(schema));
        return ids.computeIfAbsent(schema, text -> 70_000 + schemas.size() - 1);
    }

    /** The subjects in the order in which schemas were registered. */
    List<String> subjects() {
        return subjects;
    }

    /** The schema of the values, which is the last one. */
    Schema valueSchema() {
        return schemas.getLast();
    }

    /** The schema of the keys. */
    Schema keySchema() {
        return schemas.getFirst();
    }

    EncodedRecords encode(Change change) {
        encoder.encode(change, records);
        return records;
    }

    /** What a record holds, which begins with a zero and the id of its schema. */
    GenericRecord read(byte[] bytes) {
        if (bytes[0] != 0) {
            throw new AssertionError("The record does not begin with the magic byte");
        }
        Schema schema = schemas.get(ByteBuffer.wrap(bytes, 1, 4).getInt() - 70_000);
        return read(schema, bytes, 5);
    }

    /** What bytes from a place on hold. */
    static GenericRecord read(Schema schema, byte[] bytes, int from) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("Bytes are left behind the record");
            }
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A datum in the terms of Connect's JSON: bytes in base64, special numbers as strings. */
    static Object plain(Object datum) {
        return switch (datum) {
            case null -> null;
            case GenericRecord record -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                record.getSchema()
                        .getFields()
                        .forEach(field -> fields.put(field.name(), plain(record.get(field.pos()))));
                yield fields;
            }
            case List<?> items ->
                items.stream().map(AvroReading::plain).collect(ArrayList::new, List::add, List::addAll);
            case Map<?, ?> pairs -> {
                Map<String, Object> plain = new TreeMap<>();
                pairs.forEach((key, value) -> plain.put(key.toString(), plain(value)));
                yield plain;
            }
            case ByteBuffer bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield Base64.getEncoder().encodeToString(copy);
            }
            case Float number -> Float.isFinite(number) ? Double.valueOf(number.toString()) : number.toString();
            case Double number -> Double.isFinite(number) ? number : number.toString();
            case Integer number -> number.longValue();
            case Long number -> number;
            case Boolean truth -> truth;
            default -> datum.toString();
        };
    }
}
