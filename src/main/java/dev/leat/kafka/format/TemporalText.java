package dev.leat.kafka.format;

import java.util.Arrays;

/**
 * Reads what PostgreSQL prints for dates and times (DateStyle ISO). The object is filled again for each value, so that
 * none is made on the road of a row.
 */
final class TemporalText {

    /** Microseconds of a day. */
    static final long DAY = 86_400_000_000L;

    /** Days that microseconds in 64 bits can hold; the type itself reaches 30 years further. */
    private static final long MAX_DAYS = Long.MAX_VALUE / DAY - 1;

    private static final int[] MONTH_LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** So far below zero that no sum with it is a number. */
    private static final int NO_DIGIT = -100_000_000;

    private static final int[] DIGITS = digits();

    private int infinity;
    private long days;
    private long micros;
    private boolean plain;
    private int at;
    private int clockEnd;

    /** -1 for {@code -infinity}, 1 for {@code infinity}, else 0. */
    int infinity() {
        return infinity;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar. */
    long days() {
        return days;
    }

    /** Microseconds since midnight; a whole day for 24:00:00. */
    long micros() {
        return micros;
    }

    /** Whether year, month, day and time stand in the text as ISO 8601 has them: four digits a year, no era, no offset. */
    boolean plain() {
        return plain;
    }

    /** Where the time of day ends in the text. */
    int clockEnd() {
        return clockEnd;
    }

    /** Microseconds since 1970, or the nearest number that 64 bits can hold. */
    long epochMicros() {
        if (days > MAX_DAYS || days < -MAX_DAYS) {
            return days > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return days * DAY + micros;
    }

    /** Milliseconds since 1970, rounded down. */
    long epochMillis() {
        return days * (DAY / 1000) + micros / 1000;
    }

    /** Reads a {@code date}, such as {@code 2016-11-04} or {@code 0044-03-15 BC}. */
    void date(byte[] text, int start, int end) {
        if (!infinite(text, start, end)) {
            int stop = readDay(text, start, end);
            check(at == stop);
            micros = 0;
        }
    }

    /** Reads a {@code timestamp}, such as {@code 2016-11-04 13:51:30.123456}. */
    void timestamp(byte[] text, int start, int end) {
        if (!infinite(text, start, end)) {
            int stop = readDay(text, start, end);
            check(at < stop && text[at] == ' ');
            readClock(text, at + 1, stop);
            check(at == stop);
        }
    }

    /** Reads a {@code timestamptz}, such as {@code 2016-11-04 13:51:30+00}, as UTC. */
    void zonedTimestamp(byte[] text, int start, int end) {
        if (!infinite(text, start, end)) {
            int stop = readDay(text, start, end);
            check(at < stop && text[at] == ' ');
            readClock(text, at + 1, stop);
            clockEnd = at;
            long offset = readOffset(text, at, stop);
            if (offset != 0 || micros == DAY) {
                plain = false;
                days += Math.floorDiv(micros - offset, DAY);
                micros = Math.floorMod(micros - offset, DAY);
            }
        }
    }

    /** Reads a {@code time}, such as {@code 13:51:30} or {@code 24:00:00}. */
    void time(byte[] text, int start, int end) {
        infinity = 0;
        readClock(text, start, end);
        check(at == end);
    }

    /** Reads a {@code timetz}, such as {@code 13:51:30+02}, as UTC; only 24:00:00 at UTC stays a whole day. */
    void zonedTime(byte[] text, int start, int end) {
        infinity = 0;
        readClock(text, start, end);
        long offset = readOffset(text, at, end);
        if (offset != 0) {
            micros = Math.floorMod(micros - offset, DAY);
        }
    }

    private boolean infinite(byte[] text, int start, int end) {
        infinity = infinityOf(text, start, end);
        return infinity != 0;
    }

    /** -1 for {@code -infinity}, 1 for {@code infinity}, 0 for any other text. */
    static int infinityOf(byte[] text, int start, int end) {
        int sign = end - start == 9 && text[start] == '-' ? -1 : 1;
        int from = sign < 0 ? start + 1 : start;
        if (end - from != 8) {
            return 0;
        }
        for (int i = 0; i < 8; i++) {
            if (text[from + i] != "infinity".charAt(i)) {
                return 0;
            }
        }
        return sign;
    }

    /** Reads year, month and day; returns where the text ends without its era. */
    private int readDay(byte[] text, int start, int end) {
        check(end - start >= 10);
        boolean before = text[end - 1] == 'C' && text[end - 2] == 'B' && text[end - 3] == ' ';
        int stop = before ? end - 3 : end;
        plain = text[start + 4] == '-' && !before;
        int from = start + 4;
        long year = two(text, start) * 100L + two(text, start + 2);
        while (from < stop && text[from] != '-') {
            year = year * 10 + DIGITS[text[from++] & 255];
            check(from - start <= 7);
        }
        check(year >= 0 && stop - from >= 6 && text[from + 3] == '-');
        int month = two(text, from + 1);
        int day = two(text, from + 4);
        check(month >= 1 && month <= 12 && day >= 1 && day <= MONTH_LENGTHS[month - 1]);
        year = before ? 1 - year : year;
        check(day < 29 || month != 2 || ((year & 3) == 0 && (year % 100 != 0 || year % 400 == 0)));
        days = daysOf(year, month, day);
        at = from + 6;
        return stop;
    }

    /** Counts the days by years that begin in March, so that a leap day is a year's last. */
    private static long daysOf(long year, int month, int day) {
        long shifted = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shifted, 400L);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private void readClock(byte[] text, int start, int end) {
        check(end - start >= 8 && text[start + 2] == ':' && text[start + 5] == ':');
        int hour = two(text, start);
        int minute = two(text, start + 3);
        int second = two(text, start + 6);
        // one sign bit tells whether any of the three is out of its bounds
        check((hour | 24 - hour | minute | 59 - minute | second | 59 - second) >= 0);
        at = start + 8;
        long fraction = at < end && text[at] == '.' ? readFraction(text, at + 1, end) : 0;
        micros = (hour * 3600L + minute * 60L + second) * 1_000_000 + fraction;
        check(micros <= DAY);
    }

    private long readFraction(byte[] text, int start, int end) {
        long fraction = 0;
        int from = start;
        int width = 0;
        for (; width < 6 && from < end && text[from] >= '0' && text[from] <= '9'; width++) {
            fraction = fraction * 10 + text[from++] - '0';
        }
        check(width > 0);
        at = from;
        return fraction * IsoJson.power(6 - width);
    }

    /** Reads {@code +HH}, {@code +HH:MM} or {@code +HH:MM:SS} up to the end, in microseconds. */
    private static long readOffset(byte[] text, int start, int end) {
        int length = end - start;
        check(length == 3 || length == 6 || length == 9);
        check(text[start] == '+' || text[start] == '-');
        int hours = two(text, start + 1);
        int minutes = length >= 6 ? two(text, start + 4) : 0;
        int seconds = length == 9 ? two(text, start + 7) : 0;
        check(length < 6 || text[start + 3] == ':');
        check(length < 9 || text[start + 6] == ':');
        check((hours | 23 - hours | minutes | 59 - minutes | seconds | 59 - seconds) >= 0);
        long offset = (hours * 3600L + minutes * 60L + seconds) * 1_000_000;
        return text[start] == '-' ? -offset : offset;
    }

    /** Two digits, or a negative number. */
    private static int two(byte[] text, int at) {
        return DIGITS[text[at] & 255] * 10 + DIGITS[text[at + 1] & 255];
    }

    private static int[] digits() {
        int[] digits = new int[256];
        Arrays.fill(digits, NO_DIGIT);
        for (int i = 0; i < 10; i++) {
            digits['0' + i] = i;
        }
        return digits;
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
