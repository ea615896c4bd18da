package dev.leat.kafka.format;

/**
 * Reads what PostgreSQL prints for {@code money}. Its form depends on the database's {@code lc_monetary}: the last group
 * of digits is the fraction when it has as many digits as a fraction has, and every other sign between digits groups them.
 */
final class MoneyText {

    private MoneyText() {}

    /** The amount in its smallest unit, such as cents. */
    static long read(byte[] text, int start, int end, int scale) {
        boolean positive = true;
        long negated = 0;
        int digits = 0;
        int lastGroup = 0;
        int groups = 0;
        for (int i = start; i < end; i++) {
            byte next = text[i];
            if (next >= '0' && next <= '9') {
                lastGroup = i == start || text[i - 1] < '0' || text[i - 1] > '9' ? 1 : lastGroup + 1;
                groups += lastGroup == 1 ? 1 : 0;
                negated = append(negated, next - '0');
                digits++;
            } else if (next == '-' || next == '(' || isMinus(text, i, end)) {
                positive = false;
            }
        }
        check(digits > 0);
        boolean fraction = scale > 0 && groups > 1 && lastGroup == scale;
        for (int i = fraction ? scale : 0; i < scale; i++) {
            negated = append(negated, 0);
        }
        check(!positive || negated != Long.MIN_VALUE);
        return positive ? -negated : negated;
    }

    /** Writes an amount with its point. */
    static void plain(JsonBuffer out, long amount, int scale) {
        long unit = 1;
        for (int i = 0; i < scale; i++) {
            unit *= 10;
        }
        if (amount < 0) {
            out.ascii('-');
        }
        // the remainder is taken first: the smallest number has no positive counterpart
        out.number(Math.abs(amount / unit));
        if (scale > 0) {
            out.ascii('.');
            out.padded(Math.abs(amount % unit), scale);
        }
    }

    private static long append(long negated, int digit) {
        check(negated >= (Long.MIN_VALUE + digit) / 10);
        return negated * 10 - digit;
    }

    /** Whether U+2212 begins here, which some locales print for minus. */
    private static boolean isMinus(byte[] text, int at, int end) {
        return end - at >= 3 && text[at] == (byte) 0xE2 && text[at + 1] == (byte) 0x88 && text[at + 2] == (byte) 0x92;
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
