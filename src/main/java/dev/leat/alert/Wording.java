package dev.leat.alert;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes as people say them. */
final class Wording {

    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private Wording() {}

    /** Two units at most, such as {@code 5 min 3 s}. */
    static String time(Duration time) {
        if (time.toDays() > 0) {
            return two(time.toDays(), "d", time.toHoursPart(), "h");
        }
        if (time.toHours() > 0) {
            return two(time.toHours(), "h", time.toMinutesPart(), "min");
        }
        return time.toMinutes() > 0 ? two(time.toMinutes(), "min", time.toSecondsPart(), "s") : time.toSeconds() + " s";
    }

    private static String two(long large, String unit, long small, String part) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + part);
    }

    static String size(double bytes) {
        return bytes < BYTES_PER_GIGABYTE
                ? String.format(Locale.ROOT, "%.1f MB", bytes / BYTES_PER_MEGABYTE)
                : String.format(Locale.ROOT, "%.1f GB", bytes / BYTES_PER_GIGABYTE);
    }
}
