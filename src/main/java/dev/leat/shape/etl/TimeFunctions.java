package dev.leat.shape.etl;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Functions on points in time; without a zone they work in UTC. Months and days count from 1. */
final class TimeFunctions {

    private static final Kind TIME = Kind.TIMESTAMP;
    private static final Kind TEXT = Kind.STRING;
    private static final Kind INT = Kind.INT;

    private static final Map<String, ToLongFunction<ZonedDateTime>> PARTS = Map.of(
            "year", TimeFunctions::year,
            "month", ZonedDateTime::getMonthValue,
            "day", ZonedDateTime::getDayOfMonth,
            "hour", ZonedDateTime::getHour,
            "minute", ZonedDateTime::getMinute,
            "second", ZonedDateTime::getSecond,
            "dayOfWeek", time -> time.getDayOfWeek().getValue(),
            "dayOfYear", ZonedDateTime::getDayOfYear);

    private TimeFunctions() {}

    static void addTo(Functions functions) {
        PARTS.forEach((name, part) -> {
            functions.add(name, INT, a -> part.applyAsLong(Times.in((Long) a[0], ZoneOffset.UTC)), TIME);
            functions.add(name, INT, a -> part.applyAsLong(in(a[0], a[1])), TIME, TEXT);
        });
        texts(functions);
        unix(functions);
        functions.add("addMonths", TIME, a -> Times.monthsLater((Long) a[0], (Long) a[1]), TIME, INT);
        functions.add("seconds", Kind.DOUBLE, a -> (Long) a[0] / 1e6, Kind.DURATION);
        functions.add("date", TEXT, a -> Times.day((Long) a[0]), TIME);
    }

    /** SQL knows no year 0: the one before 1 is -1. */
    private static long year(ZonedDateTime time) {
        return time.getYear() <= 0 ? time.getYear() - 1L : time.getYear();
    }

    private static ZonedDateTime in(Object time, Object zone) {
        return Times.in((Long) time, Times.zone((String) zone));
    }

    private static void texts(Functions functions) {
        functions.add("format", TEXT, a -> formatted(a, "Z"), TIME, TEXT);
        functions.add("format", TEXT, a -> formatted(a, (String) a[2]), TIME, TEXT, TEXT);
        functions.add("parseTime", TIME, a -> parsed(a, "Z"), TEXT, TEXT);
        functions.add("parseTime", TIME, a -> parsed(a, (String) a[2]), TEXT, TEXT, TEXT);
    }

    private static String formatted(Object[] a, String zone) {
        return Times.formatted((Long) a[0], Times.pattern((String) a[1]), Times.zone(zone));
    }

    private static long parsed(Object[] a, String zone) {
        return Times.parsed((String) a[0], Times.pattern((String) a[1]), Times.zone(zone));
    }

    private static void unix(Functions functions) {
        functions.add("unixSeconds", INT, a -> Math.floorDiv((long) (Long) a[0], 1_000_000L), TIME);
        functions.add("unixMillis", INT, a -> Math.floorDiv((long) (Long) a[0], 1_000L), TIME);
        functions.add("fromUnixSeconds", TIME, a -> scaled(a[0], 1_000_000L), INT);
        functions.add("fromUnixMillis", TIME, a -> scaled(a[0], 1_000L), INT);
    }

    private static Object scaled(Object number, long micros) {
        return Numbers.integers(Numbers.Operation.MULTIPLY, (Long) number, micros);
    }
}
