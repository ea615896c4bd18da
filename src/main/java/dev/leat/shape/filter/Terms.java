package dev.leat.shape.filter;

import java.nio.charset.StandardCharsets;

/** Turns values into terms of a family, for rows and for the source. */
final class Terms {

    private static final Condition NEVER = new Condition.Fixed(Truth.FALSE);

    private Terms() {}

    static LongTerm asLong(Value value) {
        return switch (value) {
            case Value.Column column ->
                new LongTerm.OfCell(column.cell(), LongFormat.of(column.stored(), column.type()));
            case Value.Constant constant -> new LongTerm.Fixed(number(constant));
            case Value.Remainder remainder -> remainder.term();
            case Value.Decided _, Value.Untyped _, Value.Null _ -> throw new IllegalStateException("is no number");
        };
    }

    /** A boolean value as a condition, which is decided once however deep it stands. */
    static Condition asCondition(Value value) {
        return switch (value) {
            case Value.Decided decided -> decided.checked().condition();
            case Value.Null _ -> new Condition.Fixed(Truth.UNKNOWN);
            default -> new Condition.Flag(asLong(value));
        };
    }

    static long number(Value.Constant constant) {
        byte[] bytes = constant.text().getBytes(StandardCharsets.UTF_8);
        return LongFormat.of(constant.type(), constant.type()).read(bytes, 0, bytes.length);
    }

    static DoubleTerm asDouble(Value value) {
        return switch (value) {
            case Value.Column column
            when column.stored().floating() ->
                new DoubleTerm.OfCell(column.cell(), column.stored().kind() == Type.Kind.FLOAT4);
            case Value.Constant constant ->
                new DoubleTerm.Fixed(
                        DoubleTerm.parse(constant.text(), constant.type().kind() == Type.Kind.FLOAT4));
            default -> new DoubleTerm.OfLong(asLong(value));
        };
    }

    static BytesTerm asBytes(Value value) {
        return switch (value) {
            case Value.Column column ->
                switch (column.stored().kind()) {
                    case BPCHAR -> new BytesTerm.Stripped(column.cell());
                    case BOOL -> new BytesTerm.Word(column.cell());
                    default -> new BytesTerm.OfCell(column.cell());
                };
            case Value.Constant constant -> new BytesTerm.Fixed(BytesTerm.Fixed.row(constant.text()));
            default -> new BytesTerm.Digits(asLong(value));
        };
    }

    /** Whether a value is null. */
    static Condition isNull(Value value) {
        return switch (value) {
            case Value.Column column -> new Condition.IsNull(column.cell());
            case Value.Remainder remainder -> remainder.isNull();
            case Value.Decided decided -> new Condition.Is(decided.checked().condition(), Truth.UNKNOWN);
            case Value.Null _ -> new Condition.Fixed(Truth.TRUE);
            case Value.Constant _, Value.Untyped _ -> NEVER;
        };
    }

    /** The value in SQL, with its own type. */
    static String sql(Value value) {
        return switch (value) {
            case Value.Column column -> column.sql();
            case Value.Constant constant -> Sql.constant(constant.type(), constant.text());
            case Value.Remainder remainder -> remainder.sql();
            case Value.Decided decided -> decided.checked().sql();
            case Value.Null nothing -> Sql.cast("NULL", type(nothing));
            case Value.Untyped untyped -> Sql.constant(Type.TEXT, untyped.text());
        };
    }

    static Type type(Value value) {
        return switch (value) {
            case Value.Column column -> column.type();
            case Value.Constant constant -> constant.type();
            case Value.Remainder remainder -> remainder.type();
            case Value.Decided _ -> Type.BOOL;
            case Value.Null nothing -> nothing.type() == null ? Type.TEXT : nothing.type();
            case Value.Untyped _ -> Type.TEXT;
        };
    }

    /** The value in SQL as its family compares it; text is compared by its characters whatever the collation. */
    static String sql(Value value, Family family, boolean orders) {
        String sql = sql(value);
        Type type = type(value);
        return switch (family) {
            case LONG, BYTES -> sql;
            case NUMERIC -> type.kind() == Type.Kind.NUMERIC ? sql : Sql.cast(sql, Type.NUMERIC);
            case DOUBLE -> type.floating() ? sql : Sql.cast(sql, Type.FLOAT8);
            case TEXT -> {
                String text = type.kind() == Type.Kind.TEXT ? sql : Sql.cast(sql, Type.TEXT);
                yield orders ? "pg_catalog.convert_to(" + text + ", 'UTF8')" : text + " COLLATE pg_catalog.\"C\"";
            }
        };
    }
}
