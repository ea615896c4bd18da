package dev.leat.console;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes numbers for a reader's language, short and with a fitting unit; bytes in powers of 1000. */
final class Units {

    private static final List<String> BYTES = List.of("B", "kB", "MB", "GB", "TB", "PB");
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Locale locale;

    Units(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    /** Milliseconds below a second, then seconds, minutes, hours, days. */
    public Quantity delay(@Nullable Double seconds) {
        if (seconds == null) {
            return Quantity.UNKNOWN;
        }
        double s = Math.max(0, seconds);
        if (s < 0.9995) {
            return new Quantity(number(s * 1000, 0), "ms");
        } else if (s < 99.95) {
            return new Quantity(number(s, 1), "s");
        } else if (s < 5_400) {
            return new Quantity(number(s / 60, 1), "min");
        }
        return s < 172_800 ? new Quantity(number(s / 3_600, 1), "h") : new Quantity(number(s / 86_400, 1), "d");
    }

    public Quantity bytes(@Nullable Long bytes) {
        return bytes == null ? Quantity.UNKNOWN : scaled(bytes);
    }

    public Quantity bytesPerSecond(double bytes) {
        Quantity size = scaled(bytes);
        return new Quantity(size.value(), size.unit() + "/s");
    }

    /** Value and unit in one string. */
    public String size(long bytes) {
        Quantity size = scaled(bytes);
        return size.value() + " " + size.unit();
    }

    public String count(long count) {
        return number(count, 0);
    }

    public String rate(double perSecond) {
        return number(perSecond, perSecond > 0 && perSecond < 10 ? 1 : 0);
    }

    /** Never 100 before all is done. */
    public String percent(double percent) {
        double shown = percent < 100 ? Math.min(percent, 99.9) : 100;
        return number(shown, shown > 0 && shown < 100 ? 1 : 0) + " %";
    }

    /** A share of 1 in percent. */
    public String percentOf(double share) {
        return percent(share * 100);
    }

    /** The text of a time until the browser writes it for the reader's own zone. */
    public String utc(Instant at) {
        return UTC.format(at);
    }

    private Quantity scaled(double bytes) {
        double value = Math.max(0, bytes);
        int step = 0;
        while (value >= 999.5 && step < BYTES.size() - 1) {
            value /= 1000;
            step++;
        }
        return new Quantity(number(value, step > 0 && value < 100 ? 1 : 0), BYTES.get(step));
    }

    private String number(double value, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }
}
