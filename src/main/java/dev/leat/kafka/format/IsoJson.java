package dev.leat.kafka.format;

/** Writes dates and times as ISO 8601 text into an array that has room for them; returns the place behind. */
final class IsoJson {

    /** Room that any date and time needs, quotes and zone included. */
    static final int ROOM = 48;

    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private IsoJson() {}

    /** A power of ten, up to the sixth. */
    static int power(int exponent) {
        return POWERS[exponent];
    }

    /** A date; years beyond 9999 carry a sign, years before 1 count on below zero. */
    static int date(byte[] target, int start, long days) {
        // the reverse of counting days by years that begin in March
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = (int) (dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int at = year(target, start, (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0));
        target[at++] = '-';
        at = JsonBuffer.pair(target, at, month);
        target[at++] = '-';
        return JsonBuffer.pair(target, at, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }

    /** A time of day with a fraction of the given width. */
    static int time(byte[] target, int start, long micros, int width) {
        int at = clock(target, start, (int) (micros / 1_000_000));
        if (width > 0) {
            target[at++] = '.';
            at = digits(target, at, (int) (micros % 1_000_000) / POWERS[6 - width], width);
        }
        return at;
    }

    /** A time of day with no more of a fraction than it needs. */
    static int time(byte[] target, int start, long micros) {
        int at = clock(target, start, (int) (micros / 1_000_000));
        return fraction(target, at, (int) (micros % 1_000_000));
    }

    /** A fraction of a second with its point, or nothing when it is zero. */
    static int fraction(byte[] target, int start, int micros) {
        if (micros == 0) {
            return start;
        }
        int width = 6;
        int rest = micros;
        for (; rest % 10 == 0; width--) {
            rest /= 10;
        }
        target[start] = '.';
        return digits(target, start + 1, rest, width);
    }

    private static int year(byte[] target, int start, int year) {
        int at = start;
        int size = Math.abs(year);
        if (year < 0) {
            target[at++] = '-';
        } else if (year > 9999) {
            target[at++] = '+';
        }
        int width = 4;
        for (int limit = 10_000; size >= limit; limit *= 10) {
            width++;
        }
        return digits(target, at, size, width);
    }

    private static int clock(byte[] target, int start, int seconds) {
        int at = JsonBuffer.pair(target, start, seconds / 3600);
        target[at++] = ':';
        at = JsonBuffer.pair(target, at, seconds / 60 % 60);
        target[at++] = ':';
        return JsonBuffer.pair(target, at, seconds % 60);
    }

    private static int digits(byte[] target, int start, int value, int width) {
        int rest = value;
        for (int at = start + width - 1; at >= start; at--) {
            int tenth = rest / 10;
            target[at] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        return start + width;
    }
}
