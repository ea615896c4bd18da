package dev.leat.kafka.format;

/** Writes dates and times as ISO 8601 text in UTC, without the quotes. */
final class IsoJson {

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private IsoJson() {}

    /** A date; years beyond 9999 carry a sign, years before 1 count on below zero. */
    static void date(JsonBuffer out, long days) {
        // the reverse of counting days by years that begin in March
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        year(out, yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
        out.ascii('-');
        out.padded(month, 2);
        out.ascii('-');
        out.padded(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2);
    }

    /** A time of day with a fraction of the given width. */
    static void time(JsonBuffer out, long micros, int width) {
        clock(out, micros);
        if (width > 0) {
            out.ascii('.');
            out.padded(micros % 1_000_000 / POWERS[6 - width], width);
        }
    }

    /** A time of day with no more of a fraction than it needs. */
    static void time(JsonBuffer out, long micros) {
        clock(out, micros);
        fraction(out, micros % 1_000_000);
    }

    /** A fraction of a second with its point, or nothing when it is zero. */
    static void fraction(JsonBuffer out, long micros) {
        if (micros != 0) {
            int width = 6;
            long rest = micros;
            for (; rest % 10 == 0; width--) {
                rest /= 10;
            }
            out.ascii('.');
            out.padded(rest, width);
        }
    }

    private static void year(JsonBuffer out, long year) {
        if (year < 0) {
            out.ascii('-');
        } else if (year > 9999) {
            out.ascii('+');
        }
        long size = Math.abs(year);
        if (size > 9999) {
            out.number(size);
        } else {
            out.padded(size, 4);
        }
    }

    private static void clock(JsonBuffer out, long micros) {
        long seconds = micros / 1_000_000;
        out.padded(seconds / 3600, 2);
        out.ascii(':');
        out.padded(seconds / 60 % 60, 2);
        out.ascii(':');
        out.padded(seconds % 60, 2);
    }
}
