package dev.leat.kafka.format;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads what PostgreSQL prints for numbers and writes them without losing a digit. */
final class NumberText {

    /** Decimal digits that always fit into 64 bits. */
    private static final int LONG_DIGITS = 18;

    private NumberText() {}

    /** An integer of any size as a JSON number. */
    static void integer(JsonBuffer out, byte[] text, int start, int end) {
        check(afterInteger(text, start, end) == end);
        out.raw(text, start, end);
    }

    /** Integers with spaces between them, as {@code int2vector} is printed, as a JSON array. */
    static void vector(JsonBuffer out, byte[] text, int start, int end) {
        out.ascii('[');
        int at = start;
        while (at < end) {
            if (at > start) {
                check(text[at] == ' ');
                out.ascii(',');
                at++;
            }
            int after = afterInteger(text, at, end);
            out.raw(text, at, after);
            at = after;
        }
        out.ascii(']');
    }

    /** A number as a JSON number that is not mistaken for an integer; NaN and the infinities as strings. */
    static void floating(JsonBuffer out, byte[] text, int start, int end) {
        if (isSpecial(text, start, end)) {
            out.quoted(text, start, end);
            return;
        }
        int at = afterInteger(text, start, end);
        boolean whole = at == end;
        if (!whole && text[at] == '.') {
            at = afterDigits(text, at + 1, end);
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            at = afterDigits(text, at < end && (text[at] == '+' || text[at] == '-') ? at + 1 : at, end);
        }
        check(at == end);
        out.raw(text, start, end);
        if (whole) {
            out.ascii('.');
            out.ascii('0');
        }
    }

    /** A {@code numeric} as a string of its digits. */
    static void plain(JsonBuffer out, byte[] text, int start, int end) {
        if (!isSpecial(text, start, end)) {
            point(text, start, end);
        }
        out.quoted(text, start, end);
    }

    /** A {@code numeric(p,s)} as its unscaled number: two's complement in base64. */
    static void fixed(JsonBuffer out, byte[] text, int start, int end, int scale) {
        unscaled(out, text, start, point(text, start, end), end, scale);
    }

    /** A {@code numeric} without declared scale as {@code {"scale":4,"value":"AYr3"}}, without trailing zeros. */
    static void variable(JsonBuffer out, byte[] head, byte[] middle, byte[] text, int start, int end) {
        int point = point(text, start, end);
        int stop = end;
        while (stop > point && (text[stop - 1] == '0' || stop - 1 == point)) {
            stop--;
        }
        int scale = Math.max(0, stop - point - 1);
        out.raw(head);
        out.number(scale);
        out.raw(middle);
        unscaled(out, text, start, point, stop, scale);
        out.ascii('}');
    }

    /** Whether the text is NaN or an infinity. */
    static boolean isSpecial(byte[] text, int start, int end) {
        int length = end - start;
        if (length == 3) {
            return text[start] == 'N' && text[start + 1] == 'a' && text[start + 2] == 'N';
        }
        int from = length == 9 && text[start] == '-' ? start + 1 : start;
        if (end - from != 8 || text[from] != 'I') {
            return false;
        }
        for (int i = 1; i < 8; i++) {
            if (text[from + i] != "Infinity".charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the digits around the point with the given number of them behind it. */
    private static void unscaled(JsonBuffer out, byte[] text, int start, int point, int end, int scale) {
        int from = text[start] == '-' ? start + 1 : start;
        int wanted = scale > 0 ? point + 1 + scale : Math.max(from, point + scale);
        int stop = Math.min(end, wanted);
        for (int i = stop; i < end; i++) {
            check(text[i] == '0' || text[i] == '.');
        }
        int zeros = scale <= 0 ? 0 : Math.min(scale, wanted - stop);
        if (stop - from + zeros > LONG_DIGITS) {
            large(out, text, start, stop, zeros);
            return;
        }
        long value = 0;
        for (int i = from; i < stop; i++) {
            if (text[i] != '.') {
                value = value * 10 + text[i] - '0';
            }
        }
        for (int i = 0; i < zeros; i++) {
            value *= 10;
        }
        BinaryJson.base64(out, from == start ? value : -value);
    }

    private static void large(JsonBuffer out, byte[] text, int start, int stop, int zeros) {
        String digits = new String(text, start, stop - start, StandardCharsets.ISO_8859_1).replace(".", "");
        byte[] bytes = new BigInteger(digits + "0".repeat(zeros)).toByteArray();
        BinaryJson.base64(out, bytes, 0, bytes.length);
    }

    /** Checks a {@code numeric} and returns where its point is, or its end without one. */
    private static int point(byte[] text, int start, int end) {
        int point = afterInteger(text, start, end);
        if (point < end) {
            check(text[point] == '.' && afterDigits(text, point + 1, end) == end);
        }
        return point;
    }

    private static int afterInteger(byte[] text, int start, int end) {
        int from = start < end && text[start] == '-' ? start + 1 : start;
        int at = afterDigits(text, from, end);
        check(at - from == 1 || text[from] != '0');
        return at;
    }

    private static int afterDigits(byte[] text, int start, int end) {
        int at = start;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        check(at > start);
        return at;
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
