package dev.leat.kafka.format;

import dev.leat.change.DataType;
import dev.leat.kafka.format.DebeziumOptions.Decimals;
import dev.leat.kafka.format.DebeziumValue.Form;
import dev.leat.kafka.format.DebeziumValue.Special;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How Debezium's PostgreSQL connector represents a type, under the task's handling modes.
 *
 * @param value writes its values
 * @param connect its schema
 * @param neutral JSON that stands for a value nobody knows where the schema allows no null
 * @param unavailable JSON that stands for an unchanged large value; {@code null} where there is nothing of the kind
 */
record DebeziumType(DebeziumValue value, ConnectType connect, String neutral, String unavailable) {

    private static final String NONE = "null";
    private static final String ZERO = "0";
    private static final String EMPTY = "\"\"";
    private static final String ZERO_BYTE = "\"AA==\"";
    private static final String PLACEHOLDER = ColumnJson.quoted(ColumnJson.PLACEHOLDER);
    private static final String HSTORE_PLACEHOLDER = "{" + PLACEHOLDER + ":" + PLACEHOLDER + "}";
    private static final String ORIGIN = "{\"x\":0.0,\"y\":0.0,\"wkb\":\"AQEAAAAAAAAAAAAAAAAAAAAAAAAA\",\"srid\":null}";

    /** An empty collection of geometries. */
    private static final String NO_GEOMETRY = "{\"wkb\":\"AQcAAAAAAAAA\",\"srid\":null,\"extensions\":null}";

    /** The representation of a column's type. */
    static DebeziumType of(DataType type, DebeziumOptions options, boolean optional) {
        return of(type, -1, options, optional);
    }

    private static DebeziumType of(DataType type, int outerModifier, DebeziumOptions options, boolean optional) {
        int modifier = type.modifier() >= 0 ? type.modifier() : outerModifier;
        DataType inner = type.inner();
        return switch (type.kind()) {
            case DOMAIN -> inner == null ? text(ConnectType.STRING) : of(inner, modifier, options, optional);
            case ARRAY -> array(type, inner, modifier, options);
            case ENUM -> text(ConnectType.STRING.named("io.debezium.data.Enum"));
            case COMPOSITE, RANGE -> text(ConnectType.STRING);
            case BASE ->
                base(
                        new DataType(type.oid(), type.name(), type.sqlName(), modifier, type.kind(), null),
                        options,
                        optional);
        };
    }

    private static DebeziumType array(DataType type, @Nullable DataType inner, int modifier, DebeziumOptions options) {
        if (type.oid() == Oids.INT2VECTOR || type.oid() == Oids.OIDVECTOR) {
            return base(type, options, true);
        }
        if (inner == null) {
            return text(ConnectType.STRING);
        }
        DebeziumType element = of(inner, modifier, options, true);
        ArrayText reader = new ArrayText(inner.delimiter(), !options.nestedArrays());
        return new DebeziumType(
                new DebeziumValue(Form.ARRAY, 0, Special.NULL, new ArrayJson(reader, element.value)),
                element.connect.array(),
                "[]",
                unavailableArray(inner.undomained(), element));
    }

    /** Debezium spells the placeholder out, letter by letter, where the elements are integers or days. */
    private static String unavailableArray(DataType inner, DebeziumType element) {
        boolean integers = inner.oid() == Oids.INT4 || inner.oid() == Oids.INT8;
        if (integers || (inner.oid() == Oids.DATE && element.neutral.equals(ZERO))) {
            return ColumnJson.PLACEHOLDER
                    .chars()
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return element.unavailable.equals(NONE) ? NONE : "[" + element.unavailable + "]";
    }

    private static DebeziumType base(DataType type, DebeziumOptions options, boolean optional) {
        return switch (type.oid()) {
            case Oids.BOOL -> simple(Form.BOOLEAN, ConnectType.BOOLEAN, "false");
            case Oids.INT2 -> simple(Form.INTEGER, ConnectType.INT16, ZERO);
            case Oids.INT4 -> simple(Form.INTEGER, ConnectType.INT32, ZERO);
            case Oids.INT8, Oids.OID -> simple(Form.INTEGER, ConnectType.INT64, ZERO);
            case Oids.FLOAT4 -> simple(Form.FLOATING, ConnectType.FLOAT, "0.0");
            case Oids.FLOAT8 -> simple(Form.FLOATING, ConnectType.DOUBLE, "0.0");
            case Oids.NUMERIC -> numeric(type, options, optional);
            case Oids.MONEY -> money(options);
            case Oids.BYTEA -> bytea(options);
            case Oids.BIT, Oids.VARBIT -> bits(type);
            case Oids.POINT -> simple(Form.POINT, ConnectType.POINT, ORIGIN);
            case Oids.LINE -> simple(Form.LINE, ConnectType.LINE, "{\"a\":0.0,\"b\":0.0,\"c\":0.0}");
            case Oids.LSEG -> simple(Form.LSEG, ConnectType.GEOMETRY, NO_GEOMETRY);
            case Oids.BOX -> simple(Form.BOX, ConnectType.GEOMETRY, NO_GEOMETRY);
            case Oids.PATH -> simple(Form.PATH, ConnectType.GEOMETRY, NO_GEOMETRY);
            case Oids.POLYGON -> simple(Form.POLYGON, ConnectType.GEOMETRY, NO_GEOMETRY);
            case Oids.CIRCLE -> simple(Form.CIRCLE, ConnectType.CIRCLE, "{\"center\":" + ORIGIN + ",\"radius\":0.0}");
            case Oids.INT2VECTOR -> simple(Form.VECTOR, ConnectType.INT16.vector(), "[]");
            case Oids.OIDVECTOR -> simple(Form.VECTOR, ConnectType.INT64.vector(), "[]");
            case Oids.JSON, Oids.JSONB -> text(ConnectType.STRING.named("io.debezium.data.Json"));
            case Oids.XML -> text(ConnectType.STRING.named("io.debezium.data.Xml"));
            case Oids.TSVECTOR -> text(ConnectType.STRING.named("io.debezium.data.Tsvector"));
            case Oids.UUID -> uuid();
            case Oids.DATE, Oids.TIME, Oids.TIMETZ, Oids.TIMESTAMP, Oids.TIMESTAMPTZ, Oids.INTERVAL ->
                DebeziumTimeType.of(type, options);
            default -> extension(type, options);
        };
    }

    private static DebeziumType extension(DataType type, DebeziumOptions options) {
        if (type.name().equals("ltree")) {
            return text(ConnectType.STRING.named("io.debezium.data.Ltree"));
        }
        if (!type.name().equals("hstore")) {
            return text(ConnectType.STRING);
        }
        return options.hstoreMaps()
                ? new DebeziumType(writer(Form.HSTORE_MAP, 0), ConnectType.MAP, "{}", HSTORE_PLACEHOLDER)
                : new DebeziumType(
                        writer(Form.HSTORE_STRING, 0),
                        ConnectType.STRING.named("io.debezium.data.Json"),
                        "\"{}\"",
                        ColumnJson.quoted(HSTORE_PLACEHOLDER));
    }

    private static DebeziumType numeric(DataType type, DebeziumOptions options, boolean optional) {
        int scale = type.numericScale();
        boolean declared = type.numericPrecision() >= 0;
        if (options.decimals() == Decimals.DOUBLE) {
            return simple(Form.DECIMAL_DOUBLE, ConnectType.DOUBLE, "0.0");
        }
        if (options.decimals() == Decimals.STRING) {
            String zero = declared && scale > 0 ? "\"0." + "0".repeat(scale) + "\"" : "\"0\"";
            return new DebeziumType(writer(Form.DECIMAL_STRING, 0), ConnectType.STRING, zero, PLACEHOLDER);
        }
        Special special = options.schemas() ? (optional ? Special.NULL : Special.REFUSED) : Special.STRING;
        if (!declared) {
            return new DebeziumType(
                    new DebeziumValue(Form.DECIMAL_VARIABLE, 0, special, null),
                    ConnectType.VARIABLE_DECIMAL,
                    "{\"scale\":0,\"value\":" + ZERO_BYTE + "}",
                    NONE);
        }
        return new DebeziumType(
                new DebeziumValue(Form.DECIMAL_FIXED, scale, special, null),
                decimal(scale, ",\"connect.decimal.precision\":\"" + type.numericPrecision() + "\""),
                ZERO_BYTE,
                NONE);
    }

    private static DebeziumType money(DebeziumOptions options) {
        int scale = options.moneyScale();
        return switch (options.decimals()) {
            case PRECISE -> new DebeziumType(writer(Form.MONEY_FIXED, scale), decimal(scale, ""), ZERO_BYTE, NONE);
            case DOUBLE -> new DebeziumType(writer(Form.MONEY_DOUBLE, scale), ConnectType.DOUBLE, "0.0", NONE);
            case STRING ->
                new DebeziumType(
                        writer(Form.MONEY_STRING, scale),
                        ConnectType.STRING,
                        scale > 0 ? "\"0." + "0".repeat(scale) + "\"" : "\"0\"",
                        NONE);
        };
    }

    private static ConnectType decimal(int scale, String precision) {
        return ConnectType.BYTES.named(
                "org.apache.kafka.connect.data.Decimal",
                ",\"parameters\":{\"scale\":\"" + scale + "\"" + precision + "}");
    }

    private static DebeziumType bytea(DebeziumOptions options) {
        byte[] placeholder = ColumnJson.utf8(ColumnJson.PLACEHOLDER);
        JsonBuffer base64 = new JsonBuffer();
        BinaryJson.base64(base64, placeholder, 0, placeholder.length);
        String encoded = new String(base64.take(), StandardCharsets.US_ASCII);
        return switch (options.binaries()) {
            case BYTES -> new DebeziumType(writer(Form.BYTES_BASE64, 0), ConnectType.BYTES, EMPTY, encoded);
            case BASE64 -> new DebeziumType(writer(Form.BYTES_BASE64, 0), ConnectType.STRING, EMPTY, encoded);
            case HEX ->
                new DebeziumType(
                        writer(Form.BYTES_HEX, 0),
                        ConnectType.STRING,
                        EMPTY,
                        ColumnJson.quoted(BinaryJson.hex(placeholder)));
        };
    }

    private static DebeziumType bits(DataType type) {
        boolean unbounded = type.bitLength() < 0 && type.oid() == Oids.VARBIT;
        if (!unbounded && type.bitLength() <= 1) {
            return simple(Form.BIT, ConnectType.BOOLEAN, "false");
        }
        int length = unbounded ? Integer.MAX_VALUE : type.bitLength();
        return simple(
                Form.BITS,
                ConnectType.BYTES.named("io.debezium.data.Bits", ",\"parameters\":{\"length\":\"" + length + "\"}"),
                EMPTY);
    }

    /** In an array of UUIDs Debezium puts a UUID made of the placeholder; a single one is never large. */
    private static DebeziumType uuid() {
        String placeholder =
                UUID.nameUUIDFromBytes(ColumnJson.utf8(ColumnJson.PLACEHOLDER)).toString();
        return new DebeziumType(
                writer(Form.TEXT, 0),
                ConnectType.STRING.named("io.debezium.data.Uuid"),
                EMPTY,
                ColumnJson.quoted(placeholder));
    }

    private static DebeziumType text(ConnectType connect) {
        return new DebeziumType(writer(Form.TEXT, 0), connect, EMPTY, PLACEHOLDER);
    }

    /** A type that PostgreSQL never stores out of line, or for which Debezium has no placeholder. */
    static DebeziumType simple(Form form, ConnectType connect, String neutral) {
        return new DebeziumType(writer(form, 0), connect, neutral, NONE);
    }

    /** A writer that needs no more than a number of digits. */
    static DebeziumValue writer(Form form, int digits) {
        return new DebeziumValue(form, digits, Special.STRING, null);
    }
}
