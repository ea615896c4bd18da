package dev.leat.kafka.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns the schemas that Debezium's JSON records carry into those that Confluent's Avro converter makes of them: the same
 * names, defaults and {@code connect.*} properties, so that a consumer finds Connect's types again.
 */
final class AvroSchemas {

    /** Property of a field whose name Avro does not take: its name at the source. */
    static final String ORIGINAL_NAME = "leat.name";

    /** Branches of the unions. */
    static final int NULL = 0;

    static final int VALUE = 1;
    static final int NESTED = 2;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
    /** What the converter writes where Debezium knows no precision. */
    private static final int DEFAULT_PRECISION = 64;

    private final String prefix;
    private final String legalPrefix;
    private final boolean nestedArrays;
    private final Map<String, Schema> records = new HashMap<>();

    /**
     * A converter for one table.
     *
     * @param prefix what names of the table's own schemas begin with, without the last dot
     * @param legalPrefix the same as Avro takes it
     * @param nestedArrays whether an array may be an item of another
     */
    AvroSchemas(String prefix, String legalPrefix, boolean nestedArrays) {
        this.prefix = prefix;
        this.legalPrefix = legalPrefix;
        this.nestedArrays = nestedArrays;
    }

    /** The schema for one that is given as Connect's JSON. */
    Schema of(String connect) {
        return of(parsed(connect));
    }

    /** A schema without the null beside it. */
    static Schema withoutNull(Schema schema) {
        return schema.isUnion() ? schema.getTypes().get(VALUE) : schema;
    }

    static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A constant of Leat's own is no JSON", e);
        }
    }

    private Schema of(JsonNode connect) {
        Schema plain = plain(connect);
        if (!connect.path("optional").asBoolean()) {
            return plain;
        }
        Schema none = Schema.create(Schema.Type.NULL);
        // a default must be of a union's first branch
        return connect.has("default") ? Schema.createUnion(plain, none) : Schema.createUnion(none, plain);
    }

    private Schema plain(JsonNode connect) {
        return switch (connect.path("type").asText()) {
            case "boolean" -> primitive(Schema.Type.BOOLEAN, connect);
            case "int32", "int16" -> primitive(Schema.Type.INT, connect);
            case "int64" -> primitive(Schema.Type.LONG, connect);
            case "float" -> primitive(Schema.Type.FLOAT, connect);
            case "double" -> primitive(Schema.Type.DOUBLE, connect);
            case "bytes" -> primitive(Schema.Type.BYTES, connect);
            case "array" -> array(of(connect.path("items")));
            case "map" -> Schema.createMap(of(connect.path("values")));
            case "struct" -> struct(connect);
            default -> primitive(Schema.Type.STRING, connect);
        };
    }

    private static Schema primitive(Schema.Type type, JsonNode connect) {
        Schema schema = Schema.create(type);
        AvroProperties.describe(schema, connect);
        if (connect.path("name").asText().equals(DECIMAL)) {
            AvroProperties.decimal(schema, connect, DEFAULT_PRECISION);
        }
        return schema;
    }

    /** An array's items, and arrays of them as deep as PostgreSQL's go, where the task wants them so. */
    private Schema array(Schema item) {
        // a vector, whose items are never null, is no array that could hold others
        boolean nests = nestedArrays && item.isUnion() && withoutNull(item).getType() != Schema.Type.ARRAY;
        Schema array = Schema.createArray(item);
        for (int depth = 1; nests && depth < ArrayText.MAX_DEPTH; depth++) {
            array = Schema.createArray(Schema.createUnion(Schema.create(Schema.Type.NULL), withoutNull(item), array));
        }
        return array;
    }

    private Schema struct(JsonNode connect) {
        String name = connect.path("name").asText();
        Schema known = records.get(name);
        if (known != null) {
            return known;
        }
        Schema record = Schema.createRecord(legal(name), null, null, false);
        List<Schema.Field> fields = new ArrayList<>();
        connect.path("fields").forEach(field -> fields.add(field(field)));
        record.setFields(fields);
        AvroProperties.describe(record, connect);
        records.put(name, record);
        return record;
    }

    private Schema.Field field(JsonNode connect) {
        String name = connect.path("field").asText();
        String legal = AvroName.of(name);
        Schema.Field field = new Schema.Field(legal, of(connect), null, defaultOf(connect));
        if (!legal.equals(name)) {
            field.addProp(ORIGINAL_NAME, name);
        }
        return field;
    }

    private static @Nullable Object defaultOf(JsonNode connect) {
        if (connect.has("default")) {
            return connect.path("default").asText();
        }
        return connect.path("optional").asBoolean() ? JsonProperties.NULL_VALUE : null;
    }

    private String legal(String name) {
        return name.startsWith(prefix + ".") ? legalPrefix + name.substring(prefix.length()) : AvroName.dotted(name);
    }
}
