package dev.leat.kafka.format;

import dev.leat.kafka.format.GeometryText.Shape;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes a value as Debezium's PostgreSQL connector does; compiled once per column. */
final class DebeziumValue implements ValueWriter {

    /** The renderings, which differ by type and by handling mode. */
    enum Form {
        TEXT,
        BOOLEAN,
        INTEGER,
        FLOATING,
        DECIMAL_FIXED,
        DECIMAL_VARIABLE,
        DECIMAL_STRING,
        DECIMAL_DOUBLE,
        MONEY_FIXED,
        MONEY_STRING,
        MONEY_DOUBLE,
        BYTES_BASE64,
        BYTES_HEX,
        BIT,
        BITS,
        DATE_DAYS,
        DATE_ISO,
        TIME_MILLIS,
        TIME_MICROS,
        TIME_ISO,
        TIME_ZONED,
        TIMESTAMP_MILLIS,
        TIMESTAMP_MICROS,
        TIMESTAMP_ISO,
        TIMESTAMP_ZONED,
        INTERVAL_MICROS,
        INTERVAL_ISO,
        POINT,
        LINE,
        LSEG,
        BOX,
        PATH,
        POLYGON,
        CIRCLE,
        VECTOR,
        HSTORE_STRING,
        HSTORE_MAP,
        ARRAY
    }

    private static final byte[] SCALE = "{\"scale\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = ",\"value\":".getBytes(StandardCharsets.US_ASCII);

    private final Form form;
    private final int digits;
    private final Special special;
    private final @Nullable ArrayJson array;
    private final TemporalJson temporal = new TemporalJson();
    private final IntervalText interval = new IntervalText();
    private final PointText point = new PointText();
    private final GeometryJson geometry = new GeometryJson();
    private final HstoreJson hstore = new HstoreJson();
    private final JsonBuffer scratch = new JsonBuffer();

    /** What becomes of NaN and the infinities where a decimal is written as bytes. */
    enum Special {
        /** A string in place of the bytes. */
        STRING,
        /** Null, because the schema has no room for a string. */
        NULL,
        /** A failure, because the schema has room for neither. */
        REFUSED
    }

    /**
     * Compiles a writer.
     *
     * @param form the rendering
     * @param digits digits of the fraction, for those forms that need them
     * @param special what becomes of NaN and the infinities
     * @param array writes the elements; null unless the form is {@link Form#ARRAY}
     */
    DebeziumValue(Form form, int digits, Special special, @Nullable ArrayJson array) {
        this.form = form;
        this.digits = digits;
        this.special = special;
        this.array = array;
    }

    /** The rendering. */
    Form form() {
        return form;
    }

    /** Digits of the fraction. */
    int digits() {
        return digits;
    }

    /** How elements are written; null unless the form is {@link Form#ARRAY}. */
    @Nullable
    ArrayJson elements() {
        return array;
    }

    @Override
    public void write(JsonBuffer out, byte[] text, int start, int end) {
        switch (form) {
            case TEXT -> out.string(text, start, end);
            case BOOLEAN -> out.truth(truth(text, start, end));
            case INTEGER -> NumberText.integer(out, text, start, end);
            case FLOATING, DECIMAL_DOUBLE -> NumberText.floating(out, text, start, end);
            case DECIMAL_FIXED, DECIMAL_VARIABLE -> decimal(out, text, start, end);
            case DECIMAL_STRING -> NumberText.plain(out, text, start, end);
            case MONEY_FIXED, MONEY_STRING, MONEY_DOUBLE -> money(out, MoneyText.read(text, start, end, digits));
            case BYTES_BASE64 -> BinaryJson.byteaBase64(out, text, start, end);
            case BYTES_HEX -> BinaryJson.byteaHex(out, text, start, end);
            case BIT -> out.truth(BinaryJson.bit(text, start, end));
            case BITS -> BinaryJson.bits(out, scratch, text, start, end);
            case DATE_DAYS -> temporal.dateDays(out, text, start, end);
            case DATE_ISO -> temporal.dateIso(out, text, start, end);
            case TIME_MILLIS -> temporal.timeNumber(out, text, start, end, 1000);
            case TIME_MICROS -> temporal.timeNumber(out, text, start, end, 1);
            case TIME_ISO -> temporal.timeIso(out, text, start, end);
            case TIME_ZONED -> temporal.timeZoned(out, text, start, end);
            case TIMESTAMP_MILLIS -> temporal.timestampNumber(out, text, start, end, 1000);
            case TIMESTAMP_MICROS -> temporal.timestampNumber(out, text, start, end, 1);
            case TIMESTAMP_ISO -> temporal.timestampIso(out, text, start, end);
            case TIMESTAMP_ZONED -> temporal.timestampZoned(out, text, start, end, digits);
            case INTERVAL_MICROS -> {
                interval.read(text, start, end);
                out.number(interval.allMicros());
            }
            case INTERVAL_ISO -> {
                interval.read(text, start, end);
                interval.writeIso(out);
            }
            case POINT -> point.write(out, text, start, end);
            case LINE -> geometry.write(out, Shape.LINE, text, start, end);
            case LSEG -> geometry.write(out, Shape.LSEG, text, start, end);
            case BOX -> geometry.write(out, Shape.BOX, text, start, end);
            case PATH -> geometry.write(out, Shape.PATH, text, start, end);
            case POLYGON -> geometry.write(out, Shape.POLYGON, text, start, end);
            case CIRCLE -> geometry.write(out, Shape.CIRCLE, text, start, end);
            case VECTOR -> NumberText.vector(out, text, start, end);
            case HSTORE_STRING -> hstore.writeString(out, text, start, end);
            case HSTORE_MAP -> hstore.writeObject(out, text, start, end);
            case ARRAY -> array(out, text, start, end);
        }
    }

    private void array(JsonBuffer out, byte[] text, int start, int end) {
        if (array == null) {
            throw UnwritableValue.MALFORMED;
        }
        array.write(out, text, start, end);
    }

    /** What PostgreSQL prints for a boolean. */
    static boolean truth(byte[] text, int start, int end) {
        if (end - start != 1 || (text[start] != 't' && text[start] != 'f')) {
            throw UnwritableValue.MALFORMED;
        }
        return text[start] == 't';
    }

    private void decimal(JsonBuffer out, byte[] text, int start, int end) {
        if (NumberText.isSpecial(text, start, end)) {
            switch (special) {
                case STRING -> out.quoted(text, start, end);
                case NULL -> out.none();
                case REFUSED -> throw UnwritableValue.OUTSIDE_SCHEMA;
            }
        } else if (form == Form.DECIMAL_FIXED) {
            NumberText.fixed(out, text, start, end, digits);
        } else {
            NumberText.variable(out, SCALE, VALUE, text, start, end);
        }
    }

    private void money(JsonBuffer out, long amount) {
        if (form == Form.MONEY_FIXED) {
            out.unscaled(amount);
        } else if (form == Form.MONEY_STRING) {
            out.ascii('"');
            MoneyText.plain(out, amount, digits);
            out.ascii('"');
        } else {
            MoneyText.plain(out, amount, digits);
            if (digits == 0) {
                out.ascii(".0");
            }
        }
    }
}
