package dev.leat.shape.etl;

import java.nio.charset.StandardCharsets;

/** Reads what PostgreSQL prints for a value. */
final class Decoding {

    private static final int MAX_QUICK_DIGITS = 18;

    private Decoding() {}

    static Object of(Kind kind, byte[] bytes, int start, int length) {
        return switch (kind) {
            case INT -> integer(bytes, start, length);
            case BOOL -> bytes[start] == 't';
            case DOUBLE -> Numbers.parsedDouble(text(bytes, start, length));
            case DECIMAL -> Numbers.parsedDecimal(text(bytes, start, length));
            case TIMESTAMP -> Times.parsed(text(bytes, start, length));
            case BYTES -> Texts.bytes(text(bytes, start, length));
            case STRING, DURATION, NULL -> text(bytes, start, length);
        };
    }

    private static String text(byte[] bytes, int start, int length) {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    private static long integer(byte[] bytes, int start, int length) {
        if (length > MAX_QUICK_DIGITS) {
            return Numbers.parsedInteger(text(bytes, start, length));
        }
        boolean negative = bytes[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < start + length; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return negative ? -value : value;
    }
}
