package dev.leat.kafka.format;

/** Turns the text of a number whose form was checked into the nearest double where one operation does it exactly. */
final class FloatText {

    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long MAX_EXACT = 1L << 53;
    private static final long BELOW_FLOAT = 0x1FFF_FFFFL;
    private static final long HALF_FLOAT = 0x1000_0000L;

    private FloatText() {}

    /** The nearest double; NaN when it takes more than one rounding to get there. */
    static double quick(byte[] text, int start, int end) {
        boolean negative = text[start] == '-';
        long mantissa = 0;
        int exponent = 0;
        int point = -1;
        for (int at = negative ? start + 1 : start; at < end; at++) {
            byte next = text[at];
            if (next == '.') {
                point = at;
            } else if (next == 'e' || next == 'E') {
                exponent += exponent(text, at + 1, end);
                break;
            } else if (next < '0' || next > '9' || mantissa > MAX_EXACT / 10) {
                return Double.NaN;
            } else {
                mantissa = mantissa * 10 + next - '0';
                exponent -= point < 0 ? 0 : 1;
            }
        }
        if (mantissa > MAX_EXACT || Math.abs(exponent) >= POWERS.length) {
            return Double.NaN;
        }
        double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
        return negative ? -value : value;
    }

    /** Whether a double that is nearest to a number becomes the float that is nearest to it. */
    static boolean rounds(double nearest) {
        double size = Math.abs(nearest);
        return size == 0
                || size >= Float.MIN_NORMAL
                        && size < Float.MAX_VALUE
                        && (Double.doubleToRawLongBits(nearest) & BELOW_FLOAT) != HALF_FLOAT;
    }

    private static int exponent(byte[] text, int start, int end) {
        int from = text[start] == '-' || text[start] == '+' ? start + 1 : start;
        int value = 0;
        for (int at = from; at < end; at++) {
            value = Math.min(value * 10 + text[at] - '0', 10_000);
        }
        return text[start] == '-' ? -value : value;
    }
}
