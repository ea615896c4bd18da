package dev.leat.shape.filter;

/** In what form two values are compared. */
enum Family {
    /** As longs. */
    LONG,
    /** As digits, exactly. */
    NUMERIC,
    /** As double precision. */
    DOUBLE,
    /** As characters, which is as the bytes of UTF-8. */
    TEXT,
    /** As the bytes that PostgreSQL prints. */
    BYTES;

    /** The family of two types that may be compared; null when they may not. */
    static @org.jspecify.annotations.Nullable Family of(Type left, Type right) {
        if (left.number() && right.number()) {
            return left.floating() || right.floating() ? DOUBLE : left.whole() && right.whole() ? LONG : NUMERIC;
        }
        if (left.textual() && right.textual()) {
            return TEXT;
        }
        if (left.timestamp() && right.timestamp()) {
            return LONG;
        }
        if (left.kind() != right.kind()) {
            return null;
        }
        return switch (left.kind()) {
            case BOOL, DATE -> LONG;
            case UUID, BYTEA -> BYTES;
            case ENUM -> left.sql().equals(right.sql()) ? BYTES : null;
            default -> null;
        };
    }
}
