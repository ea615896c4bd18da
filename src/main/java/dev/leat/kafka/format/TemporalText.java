package dev.leat.kafka.format;

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

    private int infinity;
    private long days;
    private long micros;
    private int at;

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
            long utc = micros - readOffset(text, at, stop);
            days += Math.floorDiv(utc, DAY);
            micros = Math.floorMod(utc, DAY);
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
        boolean before = end - start > 3 && text[end - 1] == 'C' && text[end - 2] == 'B' && text[end - 3] == ' ';
        int stop = before ? end - 3 : end;
        int from = start;
        long year = 0;
        while (from < stop && text[from] != '-') {
            year = year * 10 + digit(text[from++]);
            check(from - start <= 7);
        }
        check(from - start >= 4 && stop - from >= 6 && text[from + 3] == '-');
        int month = two(text, from + 1);
        int day = two(text, from + 4);
        check(month >= 1 && month <= 12 && day >= 1 && day <= MONTH_LENGTHS[month - 1]);
        days = daysOf(before ? 1 - year : year, month, day);
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
        at = start + 8;
        long fraction = at < end && text[at] == '.' ? readFraction(text, at + 1, end) : 0;
        check(minute < 60 && second < 60);
        check(hour < 24 || hour == 24 && minute == 0 && second == 0 && fraction == 0);
        micros = (hour * 3600L + minute * 60L + second) * 1_000_000 + fraction;
    }

    private long readFraction(byte[] text, int start, int end) {
        long fraction = 0;
        int from = start;
        int width = 0;
        for (; width < 6 && from < end && text[from] >= '0' && text[from] <= '9'; width++) {
            fraction = fraction * 10 + text[from++] - '0';
        }
        check(width > 0);
        for (; width < 6; width++) {
            fraction *= 10;
        }
        at = from;
        return fraction;
    }

    /** Reads {@code +HH}, {@code +HH:MM} or {@code +HH:MM:SS} up to the end, in microseconds. */
    private static long readOffset(byte[] text, int start, int end) {
        int length = end - start;
        check(length == 3 || length == 6 || length == 9);
        check(text[start] == '+' || text[start] == '-');
        long seconds = two(text, start + 1) * 3600L;
        if (length >= 6) {
            check(text[start + 3] == ':');
            seconds += two(text, start + 4) * 60L;
        }
        if (length == 9) {
            check(text[start + 6] == ':');
            seconds += two(text, start + 7);
        }
        check(seconds < 86_400);
        return (text[start] == '-' ? -seconds : seconds) * 1_000_000;
    }

    private static int two(byte[] text, int at) {
        return digit(text[at]) * 10 + digit(text[at + 1]);
    }

    private static int digit(byte character) {
        check(character >= '0' && character <= '9');
        return character - '0';
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
