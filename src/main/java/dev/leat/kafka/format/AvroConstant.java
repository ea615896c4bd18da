package dev.leat.kafka.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Renders constants that are given as Connect's JSON in Avro's encoding, once and with Avro's own library. */
final class AvroConstant {

    private AvroConstant() {}

    /** The bytes of a constant of a schema, the branch of a union included. */
    static byte[] of(Schema schema, String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<@Nullable Object>(schema).write(datum(schema, AvroSchemas.parsed(json)), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static @Nullable Object datum(Schema schema, JsonNode json) {
        if (json.isNull() || json.isMissingNode()) {
            return null;
        }
        Schema plain = AvroSchemas.withoutNull(schema);
        return switch (plain.getType()) {
            case RECORD -> record(plain, json);
            case ARRAY -> array(plain, json);
            case MAP -> map(plain, json);
            case BYTES -> ByteBuffer.wrap(Base64.getDecoder().decode(json.asText()));
            case INT -> json.asInt();
            case LONG -> json.asLong();
            case FLOAT -> (float) json.asDouble();
            case DOUBLE -> json.asDouble();
            case BOOLEAN -> json.asBoolean();
            case STRING, ENUM, FIXED, UNION, NULL -> json.asText();
        };
    }

    private static GenericData.Record record(Schema schema, JsonNode json) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), datum(field.schema(), json.path(field.name())));
        }
        return record;
    }

    private static List<@Nullable Object> array(Schema schema, JsonNode json) {
        List<@Nullable Object> items = new ArrayList<>();
        json.forEach(item -> items.add(datum(schema.getElementType(), item)));
        return items;
    }

    private static Map<String, @Nullable Object> map(Schema schema, JsonNode json) {
        Map<String, @Nullable Object> values = new HashMap<>();
        json.properties().forEach(pair -> values.put(pair.getKey(), datum(schema.getValueType(), pair.getValue())));
        return values;
    }
}
