package dev.leat.kafka.format;

/** Writes dates and times as Debezium does, from PostgreSQL's text. */
final class TemporalJson {

    /** What Debezium's documentation gives for an infinite timestamp, whatever its unit. */
    private static final long POSITIVE_INFINITY = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE_INFINITY = -9_223_372_036_832_400_000L;

    /** Ours for an infinite date: no date has as many days. */
    private static final int INFINITE_DAYS = Integer.MAX_VALUE;

    private final TemporalText value = new TemporalText();

    /** A date as days since 1970. */
    void dateDays(JsonBuffer out, byte[] text, int start, int end) {
        value.date(text, start, end);
        out.number(value.infinity() == 0 ? value.days() : (long) value.infinity() * INFINITE_DAYS);
    }

    /** A date as text, such as {@code 2016-11-04Z}. */
    void dateIso(JsonBuffer out, byte[] text, int start, int end) {
        value.date(text, start, end);
        if (!infinite(out)) {
            out.ascii('"');
            IsoJson.date(out, value.days());
            zulu(out);
        }
    }

    /** A time of day as a number of units. */
    void timeNumber(JsonBuffer out, byte[] text, int start, int end, int unitMicros) {
        value.time(text, start, end);
        out.number(value.micros() / unitMicros);
    }

    /** A time of day as text, such as {@code 13:51:30.12Z}. */
    void timeIso(JsonBuffer out, byte[] text, int start, int end) {
        value.time(text, start, end);
        out.ascii('"');
        IsoJson.time(out, value.micros());
        zulu(out);
    }

    /** A time with zone as text in UTC. */
    void timeZoned(JsonBuffer out, byte[] text, int start, int end) {
        value.zonedTime(text, start, end);
        out.ascii('"');
        IsoJson.time(out, value.micros());
        zulu(out);
    }

    /** A timestamp as a number of units since 1970. */
    void timestampNumber(JsonBuffer out, byte[] text, int start, int end, int unitMicros) {
        value.timestamp(text, start, end);
        if (value.infinity() != 0) {
            out.number(value.infinity() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
        } else {
            out.number(unitMicros == 1 ? value.epochMicros() : value.epochMillis());
        }
    }

    /** A timestamp as text, such as {@code 2016-11-04T13:51:30.12Z}. */
    void timestampIso(JsonBuffer out, byte[] text, int start, int end) {
        value.timestamp(text, start, end);
        if (!infinite(out)) {
            out.ascii('"');
            IsoJson.date(out, value.days());
            out.ascii('T');
            IsoJson.time(out, value.micros());
            zulu(out);
        }
    }

    /** A timestamp with zone as text in UTC, its fraction as wide as the column's. */
    void timestampZoned(JsonBuffer out, byte[] text, int start, int end, int width) {
        value.zonedTimestamp(text, start, end);
        if (!infinite(out)) {
            out.ascii('"');
            IsoJson.date(out, value.days());
            out.ascii('T');
            IsoJson.time(out, value.micros(), width);
            zulu(out);
        }
    }

    private boolean infinite(JsonBuffer out) {
        if (value.infinity() != 0) {
            out.ascii(value.infinity() > 0 ? "\"infinity\"" : "\"-infinity\"");
        }
        return value.infinity() != 0;
    }

    private static void zulu(JsonBuffer out) {
        out.ascii('Z');
        out.ascii('"');
    }
}
