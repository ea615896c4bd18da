package dev.leat.kafka.format;

/**
 * Reads what PostgreSQL prints for an interval (IntervalStyle postgres), such as
 * {@code 1 year 2 mons -3 days +04:05:06.789}; the object is filled again for each value.
 */
final class IntervalText {

    /** Microseconds of a month, taken as a twelfth of 365.25 days. */
    private static final long MONTH = 2_629_800_000_000L;

    /** Hours that microseconds in 64 bits can hold. */
    private static final long MAX_HOURS = Long.MAX_VALUE / 3_600_000_000L;

    private int infinity;
    private long years;
    private long months;
    private long days;
    private long micros;

    /** Reads an interval. */
    void read(byte[] text, int start, int end) {
        years = 0;
        months = 0;
        days = 0;
        micros = 0;
        infinity = TemporalText.infinityOf(text, start, end);
        if (infinity != 0) {
            return;
        }
        int at = start;
        do {
            at = readPart(text, at, end);
            check(at == end || (text[at++] == ' ' && at < end));
        } while (at < end);
    }

    /** The interval as microseconds, or the nearest number that 64 bits can hold. */
    long allMicros() {
        if (infinity != 0) {
            return infinity > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        // years, months and days have at most ten digits each: no overflow before the multiplication
        long allMonths = years * 12 + months;
        double rough = (double) allMonths * MONTH + (double) days * TemporalText.DAY + micros;
        if (Math.abs(rough) > 9.2e18) {
            return rough > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return allMonths * MONTH + days * TemporalText.DAY + micros;
    }

    /** Writes the interval as an ISO 8601 duration in quotes, each part with its sign. */
    void writeIso(JsonBuffer out) {
        if (infinity != 0) {
            out.ascii(infinity > 0 ? "\"infinity\"" : "\"-infinity\"");
            return;
        }
        out.ascii('"');
        part(out, 'P', years, 'Y');
        out.number(months);
        part(out, 'M', days, 'D');
        long seconds = micros / 1_000_000;
        part(out, 'T', seconds / 3600, 'H');
        out.number(seconds / 60 % 60);
        out.ascii('M');
        if (micros < 0 && seconds % 60 == 0 && micros % 1_000_000 != 0) {
            out.ascii('-');
        }
        out.number(seconds % 60);
        int at = out.reserve(IsoJson.ROOM);
        out.end(IsoJson.fraction(out.array(), at, (int) Math.abs(micros % 1_000_000)));
        out.ascii('S');
        out.ascii('"');
    }

    private static void part(JsonBuffer out, char before, long value, char after) {
        out.ascii(before);
        out.number(value);
        out.ascii(after);
    }

    private int readPart(byte[] text, int start, int end) {
        check(start < end);
        boolean negative = text[start] == '-';
        int at = negative || text[start] == '+' ? start + 1 : start;
        int first = at;
        long value = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at++] - '0';
            check(at - first <= 10);
        }
        check(at > first && at < end);
        if (text[at] == ':') {
            return readClock(text, at, end, value, negative);
        }
        check(text[at] == ' ');
        return readUnit(text, at + 1, end, negative ? -value : value);
    }

    private int readUnit(byte[] text, int start, int end, long value) {
        int at = start;
        while (at < end && text[at] != ' ') {
            at++;
        }
        int length = at - start;
        if (length > 3 && text[at - 1] == 's') {
            length--;
        }
        check(length == 3 || length == 4);
        switch (text[start]) {
            case 'y' -> years = value;
            case 'm' -> months = value;
            case 'd' -> days = value;
            default -> throw UnwritableValue.MALFORMED;
        }
        return at;
    }

    /** Reads minutes and seconds behind the hours; a sign holds for all three. */
    private int readClock(byte[] text, int start, int end, long hours, boolean negative) {
        check(end - start >= 6 && text[start + 3] == ':' && hours <= MAX_HOURS);
        long minutes = two(text, start + 1);
        long seconds = two(text, start + 4);
        check(minutes < 60 && seconds < 60);
        int at = start + 6;
        long fraction = 0;
        if (at < end && text[at] == '.') {
            at++;
            int width = 0;
            for (; width < 6 && at < end && text[at] >= '0' && text[at] <= '9'; width++) {
                fraction = fraction * 10 + text[at++] - '0';
            }
            check(width > 0);
            for (; width < 6; width++) {
                fraction *= 10;
            }
        }
        long rest = (minutes * 60 + seconds) * 1_000_000 + fraction;
        micros = negative ? -hours * 3_600_000_000L - rest : hours * 3_600_000_000L + rest;
        check(negative ? micros <= 0 : micros >= 0);
        return at;
    }

    private static long two(byte[] text, int at) {
        check(text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9');
        return (text[at] - '0') * 10L + text[at + 1] - '0';
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
