package dev.leat.shape.etl;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.leat.change.DataType;
import java.util.Arrays;

/**
 * The types of expressions. Times are microseconds since 1970 UTC in a {@code Long}, durations microseconds; a decimal is
 * a {@code BigDecimal}, or a {@code Double} where it is NaN or infinite.
 */
enum Kind {
    INT("int", SimpleType.INT),
    DOUBLE("double", SimpleType.DOUBLE),
    /** CEL's unsigned integers stand in, which rows do not have: an opaque type would take null for one of its own. */
    DECIMAL("decimal", SimpleType.UINT),
    BOOL("bool", SimpleType.BOOL),
    STRING("string", SimpleType.STRING),
    BYTES("bytes", SimpleType.BYTES),
    TIMESTAMP("timestamp", SimpleType.TIMESTAMP),
    DURATION("duration", SimpleType.DURATION),
    NULL("null", SimpleType.NULL_TYPE);

    private final String label;
    private final CelType cel;

    Kind(String label, CelType cel) {
        this.label = label;
        this.cel = cel;
    }

    /** The name as users write it. */
    String label() {
        return label;
    }

    /** The type as the type checker knows it. */
    CelType cel() {
        return cel;
    }

    /** The kind of a checked expression; lists and maps have none. */
    static Kind of(CelType type) {
        return Arrays.stream(values())
                .filter(kind -> kind.cel.equals(type))
                .findFirst()
                .orElseThrow(() -> new RowError("a column cannot hold a " + type.name()));
    }

    /** What a column's values are in expressions; whatever has no kind of its own is its text. */
    static Kind of(DataType type) {
        return switch (type.undomained().oid()) {
            case Types.BOOL_OID -> BOOL;
            case Types.INT2_OID, Types.INT4_OID, Types.INT8_OID, Types.OID_OID -> INT;
            case Types.FLOAT4_OID, Types.FLOAT8_OID -> DOUBLE;
            case Types.NUMERIC_OID -> DECIMAL;
            case Types.BYTEA_OID -> BYTES;
            case Types.TIMESTAMP_OID, Types.TIMESTAMPTZ_OID -> TIMESTAMP;
            default -> STRING;
        };
    }
}
