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

    /** The same as an Avro array. */
    static void vector(AvroBuffer out, byte[] text, int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += text[i] == ' ' ? 1 : 0;
        }
        int at = start;
        if (start < end) {
            out.number(count + 1);
            for (int left = count; left >= 0; left--) {
                int after = afterInteger(text, at, end);
                check(left == 0 ? after == end : after < end && text[after] == ' ');
                out.number(longOf(text, at, after));
                at = after + 1;
            }
        }
        out.number(0);
    }

    /** A number as a JSON number that is not mistaken for an integer; NaN and the infinities as strings. */
    static void floating(JsonBuffer out, byte[] text, int start, int end) {
        if (isSpecial(text, start, end)) {
            out.quoted(text, start, end);
            return;
        }
        boolean whole = afterInteger(text, start, end) == end;
        check(afterFloating(text, start, end) == end);
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
    static void fixed(Unscaled out, byte[] text, int start, int end, int scale) {
        unscaled(out, text, start, point(text, start, end), end, scale);
    }

    /** A {@code numeric} without declared scale as {@code {"scale":4,"value":"AYr3"}}, without trailing zeros. */
    static void variable(JsonBuffer out, byte[] head, byte[] middle, byte[] text, int start, int end) {
        int point = point(text, start, end);
        int stop = withoutZeros(text, point, end);
        int scale = Math.max(0, stop - point - 1);
        out.raw(head);
        out.number(scale);
        out.raw(middle);
        unscaled(out, text, start, point, stop, scale);
        out.ascii('}');
    }

    /** The same for Avro: the scale, then the unscaled number. */
    static void variable(AvroBuffer out, byte[] text, int start, int end) {
        int point = point(text, start, end);
        int stop = withoutZeros(text, point, end);
        int scale = Math.max(0, stop - point - 1);
        out.number(scale);
        unscaled(out, text, start, point, stop, scale);
    }

    /** An integer that 64 bits can hold. */
    static long longOf(byte[] text, int start, int end) {
        check(afterInteger(text, start, end) == end && end - start <= LONG_DIGITS + 2);
        boolean negative = text[start] == '-';
        long negated = 0;
        for (int i = negative ? start + 1 : start; i < end; i++) {
            int digit = text[i] - '0';
            check(negated >= (Long.MIN_VALUE + digit) / 10);
            negated = negated * 10 - digit;
        }
        check(negative || negated != Long.MIN_VALUE);
        return negative ? negated : -negated;
    }

    /** Digits of a {@code numeric} behind its point. */
    static int scale(byte[] text, int start, int end) {
        return Math.max(0, end - point(text, start, end) - 1);
    }

    /** Digits of a {@code numeric} without leading zeros, at least one. */
    static int precision(byte[] text, int start, int end) {
        point(text, start, end);
        int digits = 0;
        for (int i = start; i < end; i++) {
            boolean counts = text[i] != '-' && text[i] != '.' && (text[i] != '0' || digits > 0);
            digits += counts ? 1 : 0;
        }
        return Math.max(1, digits);
    }

    /** The nearest double; NaN and the infinities too. */
    static double doubleOf(byte[] text, int start, int end) {
        int at = isSpecial(text, start, end) ? end : afterFloating(text, start, end);
        check(at == end);
        double quick = FloatText.quick(text, start, end);
        return Double.isNaN(quick) ? Double.parseDouble(ascii(text, start, end)) : quick;
    }

    /** The nearest float; NaN and the infinities too. */
    static float floatOf(byte[] text, int start, int end) {
        int at = isSpecial(text, start, end) ? end : afterFloating(text, start, end);
        check(at == end);
        double quick = FloatText.quick(text, start, end);
        return FloatText.rounds(quick) ? (float) quick : Float.parseFloat(ascii(text, start, end));
    }

    private static String ascii(byte[] text, int start, int end) {
        return new String(text, start, end - start, StandardCharsets.US_ASCII);
    }

    private static int withoutZeros(byte[] text, int point, int end) {
        int stop = end;
        while (stop > point && (text[stop - 1] == '0' || stop - 1 == point)) {
            stop--;
        }
        return stop;
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
    private static void unscaled(Unscaled out, byte[] text, int start, int point, int end, int scale) {
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
        out.unscaled(from == start ? value : -value);
    }

    private static void large(Unscaled out, byte[] text, int start, int stop, int zeros) {
        String digits = new String(text, start, stop - start, StandardCharsets.ISO_8859_1).replace(".", "");
        out.unscaled(new BigInteger(digits + "0".repeat(zeros)).toByteArray());
    }

    /** Checks a {@code numeric} and returns where its point is, or its end without one. */
    private static int point(byte[] text, int start, int end) {
        int point = afterInteger(text, start, end);
        if (point < end) {
            check(text[point] == '.' && afterDigits(text, point + 1, end) == end);
        }
        return point;
    }

    private static int afterFloating(byte[] text, int start, int end) {
        int at = afterInteger(text, start, end);
        if (at < end && text[at] == '.') {
            at = afterDigits(text, at + 1, end);
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            at = afterDigits(text, at < end && (text[at] == '+' || text[at] == '-') ? at + 1 : at, end);
        }
        return at;
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
