package dev.leat.shape.etl;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Points in time as microseconds since 1970 UTC; the two infinities are the ends of {@code long}. */
final class Times {

    static final long INFINITY = Long.MAX_VALUE;
    static final long MINUS_INFINITY = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000L;

    /** What PostgreSQL prints in DateStyle ISO, and what people and ISO 8601 write. */
    private static final Pattern TEXT = Pattern.compile("(\\d{4,6})-(\\d\\d)-(\\d\\d)"
            + "(?:[ T](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?"
            + " ?(Z|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)?( BC)?");

    private static final Pattern DURATION = Pattern.compile("([+-]?)((?:\\d+(?:\\.\\d+)?(?:us|ms|[dhms]))+)");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|[dhms])");

    private static final Recent<ZoneId> ZONES = new Recent<>(Times::found);
    private static final Recent<DateTimeFormatter> PATTERNS = new Recent<>(Times::compiled);

    private Times() {}

    /** Reads a timestamp or a date; without an offset it is UTC. */
    static long parsed(String text) {
        return switch (text) {
            case "infinity" -> INFINITY;
            case "-infinity" -> MINUS_INFINITY;
            default -> parsedFinite(text);
        };
    }

    private static long parsedFinite(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new RowError("the text is not a timestamp");
        }
        try {
            int year = Integer.parseInt(parts.group(1));
            LocalDate day = LocalDate.of(parts.group(9) == null ? year : 1 - year, number(parts, 2), number(parts, 3));
            long seconds =
                    day.toEpochDay() * 86_400 + number(parts, 4) * 3600L + number(parts, 5) * 60L + number(parts, 6);
            long micros = parts.group(7) == null ? 0 : Long.parseLong((parts.group(7) + "00000").substring(0, 6));
            return Math.addExact(Math.multiplyExact(seconds - offset(parts.group(8)), SECOND), micros);
        } catch (DateTimeException | ArithmeticException e) {
            throw new RowError("the text is not a timestamp that can be reckoned with");
        }
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static int offset(@Nullable String zone) {
        return zone == null ? 0 : ZoneOffset.of(zone).getTotalSeconds();
    }

    /** What PostgreSQL prints for a timestamp, with {@code +00} for one with time zone. */
    static String text(long micros, boolean zoned) {
        if (micros == INFINITY || micros == MINUS_INFINITY) {
            return micros == INFINITY ? "infinity" : "-infinity";
        }
        LocalDateTime time = local(micros);
        StringBuilder text = new StringBuilder(32);
        date(text, time.toLocalDate());
        text.append(' ');
        clock(text, time.toLocalTime());
        text.append(zoned ? "+00" : "");
        return text.append(time.getYear() <= 0 ? " BC" : "").toString();
    }

    /** What PostgreSQL prints for the day of a timestamp. */
    static String day(long micros) {
        if (micros == INFINITY || micros == MINUS_INFINITY) {
            return text(micros, false);
        }
        LocalDate day = local(micros).toLocalDate();
        StringBuilder text = new StringBuilder(16);
        date(text, day);
        return text.append(day.getYear() <= 0 ? " BC" : "").toString();
    }

    private static void date(StringBuilder text, LocalDate day) {
        int year = day.getYear();
        digits(text, year <= 0 ? 1 - year : year, 4);
        digits(text.append('-'), day.getMonthValue(), 2);
        digits(text.append('-'), day.getDayOfMonth(), 2);
    }

    private static void clock(StringBuilder text, LocalTime time) {
        digits(text, time.getHour(), 2);
        digits(text.append(':'), time.getMinute(), 2);
        digits(text.append(':'), time.getSecond(), 2);
        int micros = time.getNano() / 1000;
        if (micros != 0) {
            digits(text.append('.'), micros, 6);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
    }

    private static void digits(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        text.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    private static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, SECOND), (int) Math.floorMod(micros, SECOND) * 1000, ZoneOffset.UTC);
    }

    /** The point in time in a zone, for its fields. */
    static ZonedDateTime in(long micros, ZoneId zone) {
        if (micros == INFINITY || micros == MINUS_INFINITY) {
            throw new RowError("an infinite timestamp has no such part");
        }
        return local(micros).atZone(ZoneOffset.UTC).withZoneSameInstant(zone);
    }

    static ZoneId zone(String name) {
        return ZONES.of(name);
    }

    private static ZoneId found(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new RowError("there is no such time zone");
        }
    }

    static DateTimeFormatter pattern(String pattern) {
        return PATTERNS.of(pattern);
    }

    private static DateTimeFormatter compiled(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new RowError("the pattern is not one of dates and times: " + e.getMessage());
        }
    }

    static String formatted(long micros, DateTimeFormatter pattern, ZoneId zone) {
        try {
            return in(micros, zone).format(pattern);
        } catch (DateTimeException e) {
            throw new RowError("the timestamp cannot be written in this pattern");
        }
    }

    static long parsed(String text, DateTimeFormatter pattern, ZoneId zone) {
        try {
            var fields = pattern.parse(text);
            if (fields.isSupported(ChronoField.INSTANT_SECONDS)) {
                return micros(Instant.from(fields));
            }
            LocalTime time = fields.isSupported(ChronoField.NANO_OF_DAY) ? LocalTime.from(fields) : LocalTime.MIDNIGHT;
            return micros(LocalDate.from(fields).atTime(time).atZone(zone).toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            throw new RowError("the text does not follow the pattern");
        }
    }

    static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano() / 1000);
    }

    /** Reads {@code 1d2h3m4.5s}. */
    static long duration(String text) {
        Matcher whole = DURATION.matcher(text);
        if (!whole.matches()) {
            throw new RowError("the text is not a duration such as '1d2h30m' or '1.5s'");
        }
        double micros = 0;
        for (Matcher part = PART.matcher(whole.group(2)); part.find(); ) {
            micros += Double.parseDouble(part.group(1)) * unit(part.group(2));
        }
        return Math.round(whole.group(1).equals("-") ? -micros : micros);
    }

    private static double unit(String name) {
        return switch (name) {
            case "d" -> 86_400e6;
            case "h" -> 3600e6;
            case "m" -> 60e6;
            case "s" -> 1e6;
            case "ms" -> 1e3;
            default -> 1;
        };
    }

    /** Later or earlier; an infinity stays one. */
    static long moved(long micros, long by) {
        if (micros == INFINITY || micros == MINUS_INFINITY) {
            return micros;
        }
        return (Long) Numbers.integers(Numbers.Operation.ADD, micros, by);
    }

    static long between(long later, long earlier) {
        return (Long) Numbers.integers(Numbers.Operation.SUBTRACT, later, earlier);
    }

    static long monthsLater(long micros, long months) {
        try {
            return micros == INFINITY || micros == MINUS_INFINITY
                    ? micros
                    : micros(local(micros).plusMonths(months).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | ArithmeticException e) {
            throw new RowError("the result is out of the range of timestamp");
        }
    }
}
