package dev.leat.shape.filter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates and timestamps that stand in a filter. Nothing that moves, such as 'today', is one. */
final class TemporalLiterals {

    private static final String DAY = "(?<year>[0-9]{4,7})-(?<month>[0-9]{2})-(?<day>[0-9]{2})";
    private static final String TIME =
            "(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\\.(?<fraction>[0-9]{1,6}))?)?";
    private static final String ZONE =
            "(?<zone>z|\\s*utc|\\s*(?<sign>[+-])(?<zoneHour>[0-9]{2})(:?(?<zoneMinute>[0-9]{2}))?)?";
    private static final String ERA = "(?<era>\\s+bc)?";
    private static final Pattern DATE = Pattern.compile(DAY + ERA);
    private static final Pattern TIMESTAMP = Pattern.compile(DAY + "([t\\s]\\s*" + TIME + ZONE + ")?" + ERA);

    // bounds of PostgreSQL's types; source: its manual, "Date/Time Types"
    private static final LocalDate FIRST = LocalDate.of(-4713, 11, 24);
    private static final LocalDate AFTER_DATES = LocalDate.of(5_874_898, 1, 1);
    private static final LocalDate AFTER_TIMESTAMPS = LocalDate.of(294_277, 1, 1);

    private TemporalLiterals() {}

    /** A date as PostgreSQL prints it; empty when the text is none. */
    static Optional<String> date(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Optional<String> infinity = infinity(lower);
        Matcher match = DATE.matcher(lower);
        return infinity.isPresent() || !match.matches()
                ? infinity
                : day(match).filter(day -> within(day, AFTER_DATES)).map(day -> printed(day, ""));
    }

    /** A timestamp as PostgreSQL prints it in UTC; empty when the text is none. */
    static Optional<String> timestamp(String text, boolean zoned) {
        String lower = text.toLowerCase(Locale.ROOT);
        Optional<String> infinity = infinity(lower);
        Matcher match = TIMESTAMP.matcher(lower);
        // PostgreSQL drops the zone of a timestamp without one in silence, which nobody means
        if (infinity.isPresent() || !match.matches() || !zoned && match.group("zone") != null) {
            return infinity;
        }
        return moment(match)
                .filter(moment -> within(moment.toLocalDate(), AFTER_TIMESTAMPS))
                .map(moment -> printed(moment, zoned));
    }

    /** Midnight of a date, in UTC; empty beyond the timestamps' range. */
    static Optional<String> midnight(String date, boolean zoned) {
        return timestamp(date, zoned);
    }

    private static Optional<String> infinity(String text) {
        return switch (text) {
            case "infinity", "+infinity" -> Optional.of("infinity");
            case "-infinity" -> Optional.of("-infinity");
            default -> Optional.empty();
        };
    }

    private static Optional<LocalDate> day(Matcher match) {
        int year = Integer.parseInt(match.group("year"));
        try {
            return year == 0
                    ? Optional.empty()
                    : Optional.of(LocalDate.of(
                            match.group("era") == null ? year : 1 - year,
                            number(match, "month"),
                            number(match, "day")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDateTime> moment(Matcher match) {
        try {
            return day(match)
                    .map(day -> day.atTime(
                                    number(match, "hour"),
                                    number(match, "minute"),
                                    number(match, "second"),
                                    nanos(match))
                            .minusSeconds(offsetSeconds(match)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long offsetSeconds(Matcher match) {
        int hours = number(match, "zoneHour");
        int minutes = number(match, "zoneMinute");
        if (hours > 15 || minutes > 59) {
            throw new DateTimeException("no offset");
        }
        long seconds = hours * 3600L + minutes * 60L;
        return "-".equals(match.group("sign")) ? -seconds : seconds;
    }

    private static int number(Matcher match, String group) {
        @Nullable String digits = match.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(Matcher match) {
        @Nullable String digits = match.group("fraction");
        return digits == null ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static boolean within(LocalDate day, LocalDate end) {
        return !day.isBefore(FIRST) && day.isBefore(end);
    }

    private static String printed(LocalDateTime moment, boolean zoned) {
        String time = String.format(
                Locale.ROOT,
                " %02d:%02d:%02d.%06d%s",
                moment.getHour(),
                moment.getMinute(),
                moment.getSecond(),
                moment.getNano() / 1000,
                zoned ? "+00" : "");
        return printed(moment.toLocalDate(), time);
    }

    private static String printed(LocalDate day, String time) {
        boolean beforeChrist = day.getYear() <= 0;
        int year = beforeChrist ? 1 - day.getYear() : day.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d%s", year, day.getMonthValue(), day.getDayOfMonth(), time)
                + (beforeChrist ? " BC" : "");
    }
}
