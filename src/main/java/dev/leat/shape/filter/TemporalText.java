package dev.leat.shape.filter;

/**
 * Reads dates and timestamps as PostgreSQL prints them under {@code DateStyle=ISO} and {@code TimeZone=UTC}. Counted
 * from 2000-01-01 as PostgreSQL counts, so that every timestamp fits; infinities are the ends of a long.
 */
final class TemporalText {

    private static final long DAYS_1970_TO_2000 = 10_957;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private TemporalText() {}

    /** {@code 2026-01-31} or {@code 0044-03-15 BC}, in days. */
    static long days(byte[] bytes, int start, int length) {
        if (infinite(bytes, start)) {
            return infinity(bytes, start);
        }
        return days(bytes, start, yearEnd(bytes, start), beforeChrist(bytes, start + length));
    }

    /** {@code 2026-01-31 12:30:00.5}, perhaps with {@code +00} and {@code BC}, in microseconds. */
    static long micros(byte[] bytes, int start, int length) {
        if (infinite(bytes, start)) {
            return infinity(bytes, start);
        }
        int end = start + length;
        int year = yearEnd(bytes, start);
        int time = year + 7;
        long seconds = pair(bytes, time) * 3600L + pair(bytes, time + 3) * 60L + pair(bytes, time + 6);
        long days = days(bytes, start, year, beforeChrist(bytes, end));
        return days * MICROS_PER_DAY + seconds * MICROS_PER_SECOND + fraction(bytes, time + 8, end);
    }

    /** The day of a timestamp. */
    static long daysOf(long micros) {
        return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE ? micros : Math.floorDiv(micros, MICROS_PER_DAY);
    }

    static int digit(byte b) {
        if (b < '0' || b > '9') {
            throw new NumberFormatException("not a digit");
        }
        return b - '0';
    }

    private static boolean infinite(byte[] bytes, int start) {
        return bytes[start] == 'i' || bytes[start] == '-';
    }

    private static long infinity(byte[] bytes, int start) {
        return bytes[start] == 'i' ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private static boolean beforeChrist(byte[] bytes, int end) {
        return bytes[end - 1] == 'C';
    }

    private static int yearEnd(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] != '-') {
            at++;
        }
        return at;
    }

    private static long days(byte[] bytes, int start, int yearEnd, boolean beforeChrist) {
        long year = 0;
        for (int i = start; i < yearEnd; i++) {
            year = year * 10 + digit(bytes[i]);
        }
        return daysOf(beforeChrist ? 1 - year : year, pair(bytes, yearEnd + 1), pair(bytes, yearEnd + 4));
    }

    /** Days of a date in the proleptic Gregorian calendar, whose year is taken to begin in March. */
    private static long daysOf(long year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468 - DAYS_1970_TO_2000;
    }

    private static int pair(byte[] bytes, int at) {
        return digit(bytes[at]) * 10 + digit(bytes[at + 1]);
    }

    private static long fraction(byte[] bytes, int at, int end) {
        if (at >= end || bytes[at] != '.') {
            return 0;
        }
        long unit = MICROS_PER_SECOND;
        long micros = 0;
        for (int i = at + 1; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            unit /= 10;
            micros += digit(bytes[i]) * unit;
        }
        return micros;
    }
}
