package dev.leat.shape.filter;

/** How a value's text is read as a long. */
enum LongFormat {
    WHOLE,
    BOOL,
    DAYS,
    MICROS,
    DAYS_OF_MICROS;

    long read(byte[] bytes, int start, int length) {
        return switch (this) {
            case WHOLE -> whole(bytes, start, length);
            case BOOL -> bytes[start] == 't' ? 1 : 0;
            case DAYS -> TemporalText.days(bytes, start, length);
            case MICROS -> TemporalText.micros(bytes, start, length);
            case DAYS_OF_MICROS -> TemporalText.daysOf(TemporalText.micros(bytes, start, length));
        };
    }

    /** How a type's text is read that is compared as another one. */
    static LongFormat of(Type stored, Type as) {
        if (stored.timestamp()) {
            return as.kind() == Type.Kind.DATE ? DAYS_OF_MICROS : MICROS;
        }
        return stored.kind() == Type.Kind.BOOL ? BOOL : stored.kind() == Type.Kind.DATE ? DAYS : WHOLE;
    }

    private static long whole(byte[] bytes, int start, int length) {
        int at = start;
        int end = start + length;
        boolean negative = bytes[at] == '-';
        at += negative ? 1 : 0;
        // counted downwards, because the least number has no positive counterpart
        long value = 0;
        while (at < end) {
            value = value * 10 - TemporalText.digit(bytes[at++]);
        }
        return negative ? value : -value;
    }
}
