package dev.leat.shape.etl;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads the form that nearly all timestamps have: {@code 2024-01-31 12:34:56[.123456][+00]}. */
final class QuickTime {

    /** What is no such text; no timestamp has this value, as it is left to {@link Times} to read it. */
    static final long OTHER = Times.MINUS_INFINITY;

    private static final int PLAIN = 19;

    private QuickTime() {}

    /** Microseconds since 1970, or {@link #OTHER}. */
    static long parsed(byte[] text, int start, int length) {
        int end = start + length;
        int stop = length > 3 && text[end - 3] == '+' && text[end - 2] == '0' && text[end - 1] == '0' ? end - 3 : end;
        if (stop - start < PLAIN || !separated(text, start) || (stop > start + PLAIN && text[start + PLAIN] != '.')) {
            return OTHER;
        }
        long fraction = fraction(text, start + PLAIN, stop);
        long seconds = seconds(text, start);
        return fraction < 0 || seconds == OTHER ? OTHER : seconds * 1_000_000 + fraction;
    }

    private static boolean separated(byte[] text, int at) {
        return text[at + 4] == '-'
                && text[at + 7] == '-'
                && text[at + 10] == ' '
                && text[at + 13] == ':'
                && text[at + 16] == ':';
    }

    private static long seconds(byte[] text, int at) {
        int year = two(text, at) * 100 + two(text, at + 2);
        try {
            long days = LocalDate.of(year, two(text, at + 5), two(text, at + 8)).toEpochDay();
            return days * 86_400 + two(text, at + 11) * 3600L + two(text, at + 14) * 60L + two(text, at + 17);
        } catch (DateTimeException e) {
            return OTHER;
        }
    }

    /** The digits behind the point; negative when they are none. */
    private static long fraction(byte[] text, int start, int stop) {
        long fraction = 0;
        int digits = Math.max(0, stop - start - 1);
        for (int i = start + 1; i < stop; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            fraction = fraction * 10 + text[i] - '0';
        }
        for (int i = digits; i < 6; i++) {
            fraction *= 10;
        }
        return digits > 6 || stop - start == 1 ? -1 : fraction;
    }

    private static int two(byte[] text, int at) {
        return (text[at] - '0') * 10 + text[at + 1] - '0';
    }
}
