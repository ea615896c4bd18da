package dev.leat.kafka.format;

import dev.leat.kafka.format.DebeziumValue.Form;
import dev.leat.kafka.format.GeometryText.Shape;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes in Avro's encoding what {@link DebeziumValue} writes as JSON; compiled once per column. */
final class AvroValue {

    private final Form form;
    private final int digits;
    private final boolean optional;
    private final boolean bytes;
    private final boolean single;
    private final boolean narrow;
    private final @Nullable AvroArray array;
    private final TemporalJson temporal = new TemporalJson();
    private final IntervalText interval = new IntervalText();
    private final PointText point = new PointText();
    private final AvroGeometry geometry = new AvroGeometry();
    private final HstoreJson hstore = new HstoreJson();
    private final AvroMap map = new AvroMap();
    private final JsonBuffer scratch = new JsonBuffer();

    /**
     * Compiles a writer.
     *
     * @param value what is written
     * @param schema the column's schema; a union with null where the column may be null
     */
    AvroValue(DebeziumValue value, Schema schema) {
        Schema plain = AvroSchemas.withoutNull(schema);
        ArrayJson elements = value.elements();
        this.form = value.form();
        this.digits = value.digits();
        this.optional = schema.isUnion();
        this.bytes = plain.getType() == Schema.Type.BYTES;
        this.single = plain.getType() == Schema.Type.FLOAT;
        this.narrow = plain.getType() == Schema.Type.INT;
        this.array = elements == null
                ? null
                : new AvroArray(elements.reader(), new AvroValue(elements.element(), plain.getElementType()));
    }

    /** Writes a value that is not NULL, behind its branch of the union where there is one. */
    void write(AvroBuffer out, byte[] text, int start, int end) {
        boolean decimal = form == Form.DECIMAL_FIXED || form == Form.DECIMAL_VARIABLE;
        if (decimal && NumberText.isSpecial(text, start, end)) {
            special(out);
            return;
        }
        if (optional) {
            out.branch(AvroSchemas.VALUE);
        }
        plain(out, text, start, end);
    }

    /** Bytes have no room for NaN and the infinities. */
    private void special(AvroBuffer out) {
        if (!optional) {
            throw UnwritableValue.OUTSIDE_SCHEMA;
        }
        out.branch(AvroSchemas.NULL);
    }

    private void plain(AvroBuffer out, byte[] text, int start, int end) {
        scratch.reset();
        switch (form) {
            case TEXT -> out.bytes(text, start, end);
            case BOOLEAN -> out.truth(DebeziumValue.truth(text, start, end));
            case INTEGER -> integer(out, NumberText.longOf(text, start, end));
            case FLOATING -> floating(out, text, start, end);
            case DECIMAL_DOUBLE -> out.real(NumberText.doubleOf(text, start, end));
            case DECIMAL_FIXED -> NumberText.fixed(out, text, start, end, digits);
            case DECIMAL_VARIABLE -> NumberText.variable(out, text, start, end);
            case DECIMAL_STRING -> {
                NumberText.plain(scratch, text, start, end);
                unquoted(out);
            }
            case MONEY_FIXED -> out.unscaled(MoneyText.read(text, start, end, digits));
            case MONEY_STRING -> {
                MoneyText.plain(scratch, MoneyText.read(text, start, end, digits), digits);
                rendered(out);
            }
            case MONEY_DOUBLE -> {
                MoneyText.plain(scratch, MoneyText.read(text, start, end, digits), digits);
                out.real(NumberText.doubleOf(scratch.array(), 0, scratch.size()));
            }
            case BYTES_BASE64 -> binary(out, text, start, end);
            case BYTES_HEX -> {
                BinaryJson.byteaHex(scratch, text, start, end);
                unquoted(out);
            }
            case BIT -> out.truth(BinaryJson.bit(text, start, end));
            case BITS -> {
                BinaryJson.bits(scratch, text, start, end);
                rendered(out);
            }
            case DATE_DAYS -> integer(out, temporal.days(text, start, end));
            case TIME_MILLIS -> out.number(temporal.timeOfDay(text, start, end, 1000));
            case TIME_MICROS -> out.number(temporal.timeOfDay(text, start, end, 1));
            case TIMESTAMP_MILLIS -> out.number(temporal.sinceEpoch(text, start, end, 1000));
            case TIMESTAMP_MICROS -> out.number(temporal.sinceEpoch(text, start, end, 1));
            case DATE_ISO, TIME_ISO, TIME_ZONED, TIMESTAMP_ISO, TIMESTAMP_ZONED -> {
                iso(text, start, end);
                unquoted(out);
            }
            case INTERVAL_MICROS -> {
                interval.read(text, start, end);
                out.number(interval.allMicros());
            }
            case INTERVAL_ISO -> {
                interval.read(text, start, end);
                interval.writeIso(scratch);
                unquoted(out);
            }
            case POINT -> point(out, text, start, end);
            case LINE -> geometry.write(out, Shape.LINE, text, start, end);
            case LSEG -> geometry.write(out, Shape.LSEG, text, start, end);
            case BOX -> geometry.write(out, Shape.BOX, text, start, end);
            case PATH -> geometry.write(out, Shape.PATH, text, start, end);
            case POLYGON -> geometry.write(out, Shape.POLYGON, text, start, end);
            case CIRCLE -> geometry.write(out, Shape.CIRCLE, text, start, end);
            case VECTOR -> NumberText.vector(out, text, start, end);
            case HSTORE_STRING -> {
                hstore.writeObject(scratch, text, start, end);
                rendered(out);
            }
            case HSTORE_MAP -> map.write(out, text, start, end);
            case ARRAY -> array(out, text, start, end);
        }
    }

    private void integer(AvroBuffer out, long value) {
        if (narrow && value != (int) value) {
            throw UnwritableValue.MALFORMED;
        }
        out.number(value);
    }

    private void floating(AvroBuffer out, byte[] text, int start, int end) {
        if (single) {
            out.real(NumberText.floatOf(text, start, end));
        } else {
            out.real(NumberText.doubleOf(text, start, end));
        }
    }

    private void binary(AvroBuffer out, byte[] text, int start, int end) {
        if (bytes) {
            out.hex(text, BinaryJson.hexDigits(text, start, end), end);
        } else {
            BinaryJson.byteaBase64(scratch, text, start, end);
            unquoted(out);
        }
    }

    private void iso(byte[] text, int start, int end) {
        switch (form) {
            case DATE_ISO -> temporal.dateIso(scratch, text, start, end);
            case TIME_ISO -> temporal.timeIso(scratch, text, start, end);
            case TIME_ZONED -> temporal.timeZoned(scratch, text, start, end);
            case TIMESTAMP_ISO -> temporal.timestampIso(scratch, text, start, end);
            default -> temporal.timestampZoned(scratch, text, start, end, digits);
        }
    }

    /** Both coordinates, the well-known binary, and no reference system. */
    private void point(AvroBuffer out, byte[] text, int start, int end) {
        byte[] binary = point.binary(text, start, end);
        out.raw(binary, PointText.X_PLACE, binary.length);
        out.branch(AvroSchemas.VALUE);
        out.bytes(binary);
        out.branch(AvroSchemas.NULL);
    }

    private void array(AvroBuffer out, byte[] text, int start, int end) {
        if (array == null) {
            throw UnwritableValue.MALFORMED;
        }
        array.write(out, text, start, end);
    }

    /** What was rendered aside goes out as a string or as bytes. */
    private void rendered(AvroBuffer out) {
        out.bytes(scratch.array(), 0, scratch.size());
    }

    /** The same without the quotes around it; nothing between them was escaped. */
    private void unquoted(AvroBuffer out) {
        out.bytes(scratch.array(), 1, scratch.size() - 1);
    }
}
