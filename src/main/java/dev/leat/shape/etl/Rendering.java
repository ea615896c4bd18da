package dev.leat.shape.etl;

import dev.leat.change.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How the values of an expression become values of a column: the type that the column has from then on, and the bytes.
 *
 * @param type the column's type
 * @param kind the kind of the expression
 */
record Rendering(DataType type, Kind kind) {

    /** The modifier of type character is its length and this; source: PostgreSQL's VARHDRSZ. */
    private static final int MODIFIER_HEAD = 4;

    /** For a new column. */
    static Rendering ofNew(Kind kind) {
        return new Rendering(Types.of(kind), kind);
    }

    /** For a column that is there: it keeps its type where that can hold the values, else it takes on theirs. */
    static Rendering of(DataType present, Kind kind) {
        return keeps(present, kind) ? new Rendering(present, kind) : ofNew(kind);
    }

    private static boolean keeps(DataType present, Kind kind) {
        int oid = present.undomained().oid();
        return switch (kind) {
            case INT -> isInteger(oid) || oid == Types.NUMERIC_OID || isFloat(oid);
            case DOUBLE -> isFloat(oid);
            case DECIMAL -> oid == Types.NUMERIC_OID || isFloat(oid);
            case BOOL -> oid == Types.BOOL_OID;
            case STRING -> Types.isText(present);
            case BYTES -> oid == Types.BYTEA_OID;
            case TIMESTAMP -> oid == Types.TIMESTAMP_OID || oid == Types.TIMESTAMPTZ_OID || oid == Types.DATE_OID;
            case DURATION -> false;
            case NULL -> true;
        };
    }

    private static boolean isInteger(int oid) {
        return oid == Types.INT2_OID || oid == Types.INT4_OID || oid == Types.INT8_OID;
    }

    private static boolean isFloat(int oid) {
        return oid == Types.FLOAT4_OID || oid == Types.FLOAT8_OID;
    }

    /** Appends the value as PostgreSQL would print it in the column. */
    void write(Object value, ValueBuffer out) {
        DataType plain = type.undomained();
        out.append(
                switch (plain.oid()) {
                    case Types.INT2_OID -> ranged((Long) value, Short.MIN_VALUE, Short.MAX_VALUE);
                    case Types.INT4_OID -> ranged((Long) value, Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case Types.FLOAT8_OID -> Texts.floating(floating(value), 15);
                    case Types.FLOAT4_OID -> Texts.single(single(floating(value)));
                    case Types.NUMERIC_OID -> numeric(Numbers.decimal(value));
                    case Types.BOOL_OID -> (Boolean) value ? "t" : "f";
                    case Types.TIMESTAMP_OID -> Times.text(rounded((Long) value), false);
                    case Types.TIMESTAMPTZ_OID -> Times.text(rounded((Long) value), true);
                    case Types.DATE_OID -> Times.day((Long) value);
                    case Types.BPCHAR_OID -> padded((String) value);
                    default -> Texts.of(value, kind);
                });
    }

    /** Type character fills a text up to its length with blanks. */
    private String padded(String text) {
        int length = Math.max(declared().modifier() - MODIFIER_HEAD, 0);
        return text + " ".repeat(Math.max(0, length - text.codePointCount(0, text.length())));
    }

    private static String ranged(long value, long least, long most) {
        if (value < least || value > most) {
            throw outOfRange();
        }
        return Long.toString(value);
    }

    private static double floating(Object value) {
        double floating = Numbers.floating(value);
        if (Double.isInfinite(floating) && value instanceof BigDecimal) {
            throw outOfRange();
        }
        return floating;
    }

    private static float single(double value) {
        float single = (float) value;
        if (Float.isInfinite(single) && Double.isFinite(value)) {
            throw outOfRange();
        }
        return single;
    }

    private static RowError outOfRange() {
        return new RowError("the value is out of the range of the column's type");
    }

    /** A declared scale rounds, a declared precision limits, as an assignment in SQL does. */
    private String numeric(Object value) {
        int precision = declared().numericPrecision();
        if (precision < 0 || !(value instanceof BigDecimal exact)) {
            return Texts.of(value, Kind.DECIMAL);
        }
        int scale = declared().numericScale();
        BigDecimal rounded = exact.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.signum() != 0 && rounded.precision() - rounded.scale() > precision - scale) {
            throw new RowError("the value has more digits than the column's type allows");
        }
        return rounded.setScale(Math.max(scale, 0)).toPlainString();
    }

    private long rounded(long micros) {
        int digits = declared().timePrecision();
        if (digits >= 6 || micros == Times.INFINITY || micros == Times.MINUS_INFINITY) {
            return micros;
        }
        return BigDecimal.valueOf(micros)
                .setScale(digits - 6, RoundingMode.HALF_UP)
                .longValue();
    }

    /** A domain's own modifier rules where its base has none. */
    private DataType declared() {
        DataType plain = type.undomained();
        return plain.modifier() < 0
                ? new DataType(plain.oid(), plain.name(), plain.sqlName(), type.modifier(), plain.kind(), null)
                : plain;
    }
}
