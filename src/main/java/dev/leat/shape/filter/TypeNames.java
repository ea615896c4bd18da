package dev.leat.shape.filter;

import java.util.Map;
import java.util.Optional;

/** The names of types that a filter may cast to; none of them can fail for a row. */
final class TypeNames {

    /** The most words that a name has. */
    static final int MAX_WORDS = 4;

    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("smallint", Type.INT2),
            Map.entry("int2", Type.INT2),
            Map.entry("integer", Type.INT4),
            Map.entry("int", Type.INT4),
            Map.entry("int4", Type.INT4),
            Map.entry("bigint", Type.INT8),
            Map.entry("int8", Type.INT8),
            Map.entry("numeric", Type.NUMERIC),
            Map.entry("decimal", Type.NUMERIC),
            Map.entry("real", Type.FLOAT4),
            Map.entry("float4", Type.FLOAT4),
            Map.entry("float8", Type.FLOAT8),
            Map.entry("double precision", Type.FLOAT8),
            Map.entry("boolean", Type.BOOL),
            Map.entry("bool", Type.BOOL),
            Map.entry("text", Type.TEXT),
            Map.entry("varchar", Type.VARCHAR),
            Map.entry("character varying", Type.VARCHAR),
            Map.entry("date", Type.DATE),
            Map.entry("timestamp", Type.TIMESTAMP),
            Map.entry("timestamp without time zone", Type.TIMESTAMP),
            Map.entry("timestamptz", Type.TIMESTAMPTZ),
            Map.entry("timestamp with time zone", Type.TIMESTAMPTZ),
            Map.entry("uuid", Type.UUID),
            Map.entry("bytea", Type.BYTEA));

    private TypeNames() {}

    /** The type of a name in lower case, its words one blank apart. */
    static Optional<Type> find(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }
}
