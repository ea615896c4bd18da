package dev.leat.kafka.format;

import dev.leat.change.DataType;
import java.sql.Types;

/** The {@link Types} number that tells a reader of Canal records how to take a column's text. */
final class SqlTypes {

    private SqlTypes() {}

    /** The number of a column's type; of a domain, that of its base. */
    static int of(DataType type) {
        DataType plain = type.undomained();
        return switch (plain.kind()) {
            case ARRAY -> Types.ARRAY;
            case ENUM -> Types.VARCHAR;
            case COMPOSITE -> Types.STRUCT;
            case RANGE -> Types.OTHER;
            case BASE, DOMAIN -> base(plain);
        };
    }

    private static int base(DataType type) {
        return switch (type.oid()) {
            case Oids.BOOL -> Types.BOOLEAN;
            case Oids.INT2 -> Types.SMALLINT;
            case Oids.INT4 -> Types.INTEGER;
            case Oids.INT8, Oids.OID -> Types.BIGINT;
            case Oids.FLOAT4 -> Types.REAL;
            case Oids.FLOAT8 -> Types.DOUBLE;
            case Oids.NUMERIC -> Types.NUMERIC;
            case Oids.CHAR, Oids.BPCHAR -> Types.CHAR;
            // money is printed with its currency, so a reader had better not take it for a number
            case Oids.VARCHAR, Oids.TEXT, Oids.NAME, Oids.MONEY -> Types.VARCHAR;
            case Oids.BYTEA -> Types.BINARY;
            case Oids.BIT -> Types.BIT;
            case Oids.DATE -> Types.DATE;
            case Oids.TIME -> Types.TIME;
            case Oids.TIMETZ -> Types.TIME_WITH_TIMEZONE;
            case Oids.TIMESTAMP -> Types.TIMESTAMP;
            case Oids.TIMESTAMPTZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case Oids.XML -> Types.SQLXML;
            default -> type.name().equals("citext") ? Types.VARCHAR : Types.OTHER;
        };
    }
}
