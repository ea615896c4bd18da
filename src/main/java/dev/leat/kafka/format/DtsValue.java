package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.utf8;

import dev.leat.change.DataType;

/** Writes a value as one of the kinds that DTS's Avro schema knows, behind its branch of the union; one per column. */
final class DtsValue {

    /** The kinds that are used, and their branches. */
    private enum Kind {
        INTEGER(1),
        CHARACTER(2),
        DECIMAL(3),
        MONEY(3),
        FLOAT(4),
        DATE(6),
        TIME(6),
        TIMESTAMP(6),
        TIME_ZONED(7),
        TIMESTAMP_ZONED(7),
        BYTES(10),
        BITS(10),
        BOOLEAN(11),
        OBJECT(11);

        private final int branch;

        Kind(int branch) {
            this.branch = branch;
        }
    }

    /** Branch of the empty object, and its symbol for a value that nobody knows. */
    private static final byte[] NONE = {12 << 1, 1 << 1};

    private static final byte[] UTF_8 = utf8("UTF-8");
    private static final byte[] TRUE = utf8("true");
    private static final byte[] FALSE = utf8("false");

    /** What DTS's own writer puts there. */
    private static final int FLOAT_PRECISION = 8;

    private static final int FLOAT_SCALE = 15;

    private final Kind kind;
    private final byte[] type;
    private final int moneyScale;
    private final DtsTime time = new DtsTime();
    private final JsonBuffer scratch = new JsonBuffer();

    private DtsValue(Kind kind, String type, int moneyScale) {
        this.kind = kind;
        this.type = utf8(type);
        this.moneyScale = moneyScale;
    }

    /** Compiles the writer of a column's type. */
    static DtsValue of(DataType declared, int moneyScale) {
        DataType plain = declared.undomained();
        return switch (plain.kind()) {
            case ENUM -> new DtsValue(Kind.OBJECT, "ENUM", 0);
            case ARRAY, COMPOSITE, RANGE, DOMAIN -> new DtsValue(Kind.OBJECT, "XTYPE", 0);
            case BASE -> base(plain, moneyScale);
        };
    }

    private static DtsValue base(DataType type, int moneyScale) {
        return switch (type.oid()) {
            case Oids.INT2, Oids.INT4, Oids.INT8, Oids.OID -> new DtsValue(Kind.INTEGER, "", 0);
            case Oids.NUMERIC -> new DtsValue(Kind.DECIMAL, "", 0);
            case Oids.MONEY -> new DtsValue(Kind.MONEY, "", moneyScale);
            case Oids.FLOAT4, Oids.FLOAT8 -> new DtsValue(Kind.FLOAT, "", 0);
            case Oids.BOOL -> new DtsValue(Kind.BOOLEAN, "BOOL", 0);
            case Oids.DATE -> new DtsValue(Kind.DATE, "", 0);
            case Oids.TIME -> new DtsValue(Kind.TIME, "", 0);
            case Oids.TIMETZ -> new DtsValue(Kind.TIME_ZONED, "", 0);
            case Oids.TIMESTAMP -> new DtsValue(Kind.TIMESTAMP, "", 0);
            case Oids.TIMESTAMPTZ -> new DtsValue(Kind.TIMESTAMP_ZONED, "", 0);
            case Oids.BYTEA -> new DtsValue(Kind.BYTES, "BYTEA", 0);
            case Oids.BIT, Oids.VARBIT -> new DtsValue(Kind.BITS, "BINARY", 0);
            case Oids.JSON -> new DtsValue(Kind.OBJECT, "JSON", 0);
            case Oids.JSONB -> new DtsValue(Kind.OBJECT, "JSONB", 0);
            case Oids.XML -> new DtsValue(Kind.OBJECT, "XML", 0);
            case Oids.POINT, Oids.LINE, Oids.LSEG, Oids.BOX, Oids.PATH, Oids.POLYGON, Oids.CIRCLE ->
                new DtsValue(Kind.OBJECT, "XTYPE", 0);
            default -> new DtsValue(type.name().equals("hstore") ? Kind.OBJECT : Kind.CHARACTER, "XTYPE", 0);
        };
    }

    /** SQL NULL. */
    static void none(AvroBuffer out) {
        out.branch(AvroSchemas.NULL);
    }

    /** A value that the log does not hold. */
    static void unknown(AvroBuffer out) {
        out.raw(NONE);
    }

    /** Writes a value that is not NULL. */
    void write(AvroBuffer out, byte[] text, int start, int end) {
        switch (kind) {
            case INTEGER -> integer(out, text, start, end);
            case CHARACTER -> character(out, text, start, end);
            case DECIMAL -> decimal(out, text, start, end);
            case MONEY -> {
                scratch.reset();
                MoneyText.plain(scratch, MoneyText.read(text, start, end, moneyScale), moneyScale);
                decimal(out, scratch.array(), 0, scratch.size());
            }
            case FLOAT -> floating(out, text, start, end);
            case DATE, TIME, TIMESTAMP, TIME_ZONED, TIMESTAMP_ZONED -> time(out, text, start, end);
            case BYTES -> {
                object(out);
                out.hex(text, BinaryJson.hexDigits(text, start, end), end);
            }
            case BITS, OBJECT -> {
                object(out);
                out.bytes(text, start, end);
            }
            case BOOLEAN -> {
                object(out);
                out.bytes(DebeziumValue.truth(text, start, end) ? TRUE : FALSE);
            }
        }
    }

    private static void integer(AvroBuffer out, byte[] text, int start, int end) {
        NumberText.longOf(text, start, end);
        out.branch(Kind.INTEGER.branch);
        out.number(0);
        out.bytes(text, start, end);
    }

    private static void character(AvroBuffer out, byte[] text, int start, int end) {
        out.branch(Kind.CHARACTER.branch);
        out.bytes(UTF_8);
        out.bytes(text, start, end);
    }

    /** NaN and the infinities are decimals without digits. */
    private static void decimal(AvroBuffer out, byte[] text, int start, int end) {
        boolean special = NumberText.isSpecial(text, start, end);
        out.branch(Kind.DECIMAL.branch);
        out.bytes(text, start, end);
        out.number(special ? 0 : NumberText.precision(text, start, end));
        out.number(special ? 0 : NumberText.scale(text, start, end));
    }

    private static void floating(AvroBuffer out, byte[] text, int start, int end) {
        if (NumberText.isSpecial(text, start, end)) {
            decimal(out, text, start, end);
            return;
        }
        out.branch(Kind.FLOAT.branch);
        out.real(NumberText.doubleOf(text, start, end));
        out.number(FLOAT_PRECISION);
        out.number(FLOAT_SCALE);
    }

    private void object(AvroBuffer out) {
        out.branch(kind.branch);
        out.bytes(type);
    }

    /** What is no time between the years 1 and 999999 is text. */
    private void time(AvroBuffer out, byte[] text, int start, int end) {
        boolean dated = kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMP_ZONED;
        if (dated && DtsTime.isOutside(text, start, end)) {
            character(out, text, start, end);
            return;
        }
        out.branch(kind.branch);
        switch (kind) {
            case DATE -> time.date(out, text, start, end);
            case TIME -> time.time(out, text, start, end);
            case TIMESTAMP -> time.timestamp(out, text, start, end);
            case TIME_ZONED -> time.zonedTime(out, text, start, end);
            default -> time.zonedTimestamp(out, text, start, end);
        }
    }
}
