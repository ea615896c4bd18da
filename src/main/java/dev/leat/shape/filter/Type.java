package dev.leat.shape.filter;

import dev.leat.change.DataType;

/**
 * The type of a value as far as a filter cares.
 *
 * @param kind which sort
 * @param sql its name in SQL, which nothing can shadow
 * @param shown its name for people
 */
record Type(Kind kind, String sql, String shown) {

    /** The sorts that filters know; numbers stand in the order in which they widen. */
    enum Kind {
        INT2,
        INT4,
        INT8,
        NUMERIC,
        FLOAT4,
        FLOAT8,
        BOOL,
        TEXT,
        VARCHAR,
        BPCHAR,
        DATE,
        TIMESTAMP,
        TIMESTAMPTZ,
        UUID,
        BYTEA,
        ENUM,
        /** Any other type: it can only be asked for NULL. */
        OTHER,
        /** A composite: even its NULL is not what it seems. */
        COMPOSITE
    }

    static final Type INT2 = builtIn(Kind.INT2, "int2", "smallint");
    static final Type INT4 = builtIn(Kind.INT4, "int4", "integer");
    static final Type INT8 = builtIn(Kind.INT8, "int8", "bigint");
    static final Type NUMERIC = builtIn(Kind.NUMERIC, "numeric", "numeric");
    static final Type FLOAT4 = builtIn(Kind.FLOAT4, "float4", "real");
    static final Type FLOAT8 = builtIn(Kind.FLOAT8, "float8", "double precision");
    static final Type BOOL = builtIn(Kind.BOOL, "bool", "boolean");
    static final Type TEXT = builtIn(Kind.TEXT, "text", "text");
    static final Type VARCHAR = builtIn(Kind.VARCHAR, "varchar", "character varying");
    static final Type BPCHAR = builtIn(Kind.BPCHAR, "bpchar", "character");
    static final Type DATE = builtIn(Kind.DATE, "date", "date");
    static final Type TIMESTAMP = builtIn(Kind.TIMESTAMP, "timestamp", "timestamp");
    static final Type TIMESTAMPTZ = builtIn(Kind.TIMESTAMPTZ, "timestamptz", "timestamp with time zone");
    static final Type UUID = builtIn(Kind.UUID, "uuid", "uuid");
    static final Type BYTEA = builtIn(Kind.BYTEA, "bytea", "bytea");

    private static Type builtIn(Kind kind, String name, String shown) {
        return new Type(kind, "pg_catalog." + name, shown);
    }

    /** The type of a column, below all domains. Built-in types are known by their fixed numbers, not by names. */
    static Type of(DataType declared) {
        DataType type = declared.undomained();
        return switch (type.oid()) {
            case 16 -> BOOL;
            case 17 -> BYTEA;
            case 20 -> INT8;
            case 21 -> INT2;
            case 23 -> INT4;
            case 25 -> TEXT;
            case 1043 -> VARCHAR;
            case 700 -> FLOAT4;
            case 701 -> FLOAT8;
            case 1042 -> BPCHAR;
            case 1082 -> DATE;
            case 1114 -> TIMESTAMP;
            case 1184 -> TIMESTAMPTZ;
            case 1700 -> NUMERIC;
            case 2950 -> UUID;
            default -> ofOther(type);
        };
    }

    private static Type ofOther(DataType type) {
        Kind kind = switch (type.kind()) {
            case ENUM -> Kind.ENUM;
            case COMPOSITE -> Kind.COMPOSITE;
            case BASE, ARRAY, DOMAIN, RANGE -> Kind.OTHER;
        };
        return new Type(kind, type.sqlName(), type.sqlName());
    }

    boolean whole() {
        return kind == Kind.INT2 || kind == Kind.INT4 || kind == Kind.INT8;
    }

    boolean floating() {
        return kind == Kind.FLOAT4 || kind == Kind.FLOAT8;
    }

    boolean number() {
        return whole() || floating() || kind == Kind.NUMERIC;
    }

    boolean textual() {
        return kind == Kind.TEXT || kind == Kind.VARCHAR || kind == Kind.BPCHAR;
    }

    boolean timestamp() {
        return kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ;
    }

    /** Whether its values can be compared at all. */
    boolean comparable() {
        return kind != Kind.OTHER && kind != Kind.COMPOSITE;
    }
}
