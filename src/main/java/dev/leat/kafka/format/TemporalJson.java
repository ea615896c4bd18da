package dev.leat.kafka.format;

/** Writes dates and times as Debezium does, from PostgreSQL's text. */
final class TemporalJson {

    /** What Debezium's documentation gives for an infinite timestamp, whatever its unit. */
    private static final long POSITIVE_INFINITY = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE_INFINITY = -9_223_372_036_832_400_000L;

    /** Ours for an infinite date: no date has as many days. */
    private static final int INFINITE_DAYS = Integer.MAX_VALUE;

    /** Places in {@code 2016-11-04 13:51:30}. */
    private static final int DATE_END = 10;

    private static final int CLOCK_END = 19;

    private final TemporalText value = new TemporalText();

    /** Days since 1970. */
    long days(byte[] text, int start, int end) {
        value.date(text, start, end);
        return value.infinity() == 0 ? value.days() : (long) value.infinity() * INFINITE_DAYS;
    }

    /** Units since midnight. */
    long timeOfDay(byte[] text, int start, int end, int unitMicros) {
        value.time(text, start, end);
        return value.micros() / unitMicros;
    }

    /** Units since 1970. */
    long sinceEpoch(byte[] text, int start, int end, int unitMicros) {
        value.timestamp(text, start, end);
        if (value.infinity() != 0) {
            return value.infinity() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        }
        return unitMicros == 1 ? value.epochMicros() : value.epochMillis();
    }

    /** A date as days since 1970. */
    void dateDays(JsonBuffer out, byte[] text, int start, int end) {
        out.number(days(text, start, end));
    }

    /** A date as text, such as {@code 2016-11-04Z}. */
    void dateIso(JsonBuffer out, byte[] text, int start, int end) {
        value.date(text, start, end);
        if (!infinite(out)) {
            int at = open(out);
            close(out, IsoJson.date(out.array(), at, value.days()));
        }
    }

    /** A time of day as a number of units. */
    void timeNumber(JsonBuffer out, byte[] text, int start, int end, int unitMicros) {
        out.number(timeOfDay(text, start, end, unitMicros));
    }

    /** A time of day as text, such as {@code 13:51:30.12Z}. */
    void timeIso(JsonBuffer out, byte[] text, int start, int end) {
        value.time(text, start, end);
        int at = open(out);
        close(out, IsoJson.time(out.array(), at, value.micros()));
    }

    /** A time with zone as text in UTC. */
    void timeZoned(JsonBuffer out, byte[] text, int start, int end) {
        value.zonedTime(text, start, end);
        int at = open(out);
        close(out, IsoJson.time(out.array(), at, value.micros()));
    }

    /** A timestamp as a number of units since 1970. */
    void timestampNumber(JsonBuffer out, byte[] text, int start, int end, int unitMicros) {
        out.number(sinceEpoch(text, start, end, unitMicros));
    }

    /** A timestamp as text, such as {@code 2016-11-04T13:51:30.12Z}. */
    void timestampIso(JsonBuffer out, byte[] text, int start, int end) {
        value.timestamp(text, start, end);
        if (!infinite(out)) {
            int at = IsoJson.date(out.array(), open(out), value.days());
            out.array()[at++] = 'T';
            close(out, IsoJson.time(out.array(), at, value.micros()));
        }
    }

    /** A timestamp with zone as text in UTC, its fraction as wide as the column's. */
    void timestampZoned(JsonBuffer out, byte[] text, int start, int end, int width) {
        value.zonedTimestamp(text, start, end);
        if (infinite(out)) {
            return;
        }
        int at = open(out);
        byte[] target = out.array();
        if (value.plain()) {
            close(out, copy(text, start, target, at, width));
        } else {
            at = IsoJson.date(target, at, value.days());
            target[at++] = 'T';
            close(out, IsoJson.time(target, at, value.micros(), width));
        }
    }

    /** Copies a timestamp that is in UTC already and fills up its fraction. */
    private int copy(byte[] text, int start, byte[] target, int at, int width) {
        int seconds = at + CLOCK_END;
        int length = value.clockEnd() - start;
        System.arraycopy(text, start, target, at, length);
        target[at + DATE_END] = 'T';
        if (width == 0) {
            return seconds;
        }
        target[seconds] = '.';
        for (int i = at + Math.max(length, CLOCK_END + 1); i <= seconds + width; i++) {
            target[i] = '0';
        }
        return seconds + 1 + width;
    }

    private boolean infinite(JsonBuffer out) {
        if (value.infinity() != 0) {
            out.ascii(value.infinity() > 0 ? "\"infinity\"" : "\"-infinity\"");
        }
        return value.infinity() != 0;
    }

    private static int open(JsonBuffer out) {
        int at = out.reserve(IsoJson.ROOM);
        out.array()[at] = '"';
        return at + 1;
    }

    private static void close(JsonBuffer out, int end) {
        out.array()[end] = 'Z';
        out.array()[end + 1] = '"';
        out.end(end + 2);
    }
}
