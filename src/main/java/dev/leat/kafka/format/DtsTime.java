package dev.leat.kafka.format;

import java.nio.charset.StandardCharsets;

/** Writes what PostgreSQL prints for dates and times as DTS's {@code DateTime}, whose "millis" are microseconds. */
final class DtsTime {

    private static final int PARTS_OF_A_DAY = 4;
    private static final byte[] WHOLE_MINUTES = ":00".getBytes(StandardCharsets.US_ASCII);

    /** Checks the text; the parts are read from the text itself, so that the wall clock stays what it was. */
    private final TemporalText checked = new TemporalText();

    /** Whether a date is infinite or lies before the year 1, for which the schema has no room. */
    static boolean isOutside(byte[] text, int start, int end) {
        return TemporalText.infinityOf(text, start, end) != 0 || text[end - 1] == 'C';
    }

    void date(AvroBuffer out, byte[] text, int start, int end) {
        checked.date(text, start, end);
        day(out, text, start);
        nothing(out, PARTS_OF_A_DAY);
    }

    void time(AvroBuffer out, byte[] text, int start, int end) {
        checked.time(text, start, end);
        nothing(out, 3);
        clock(out, text, start, end);
    }

    void timestamp(AvroBuffer out, byte[] text, int start, int end) {
        checked.timestamp(text, start, end);
        clock(out, text, day(out, text, start) + 1, end);
    }

    void zonedTime(AvroBuffer out, byte[] text, int start, int end) {
        checked.zonedTime(text, start, end);
        nothing(out, 3);
        zone(out, text, clock(out, text, start, end), end);
    }

    void zonedTimestamp(AvroBuffer out, byte[] text, int start, int end) {
        checked.zonedTimestamp(text, start, end);
        zone(out, text, clock(out, text, day(out, text, start) + 1, end), end);
    }

    /** Year, month and day; returns the place behind. */
    private static int day(AvroBuffer out, byte[] text, int start) {
        int at = start;
        int year = 0;
        for (; text[at] != '-'; at++) {
            year = year * 10 + text[at] - '0';
        }
        present(out, year);
        present(out, two(text, at + 1));
        present(out, two(text, at + 4));
        return at + 6;
    }

    /** Hour, minute, second and microseconds; returns the place behind. */
    private static int clock(AvroBuffer out, byte[] text, int start, int end) {
        present(out, two(text, start));
        present(out, two(text, start + 3));
        present(out, two(text, start + 6));
        int at = start + 8;
        int micros = 0;
        if (at < end && text[at] == '.') {
            int from = ++at;
            for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
                micros = micros * 10 + text[at] - '0';
            }
            micros *= IsoJson.power(6 - (at - from));
        }
        present(out, micros);
        return at;
    }

    /** The offset as {@code +08:00}, with seconds where it has some. */
    private static void zone(AvroBuffer out, byte[] text, int start, int end) {
        if (end - start == 3) {
            out.number(3 + WHOLE_MINUTES.length);
            out.raw(text, start, end);
            out.raw(WHOLE_MINUTES);
        } else {
            out.bytes(text, start, end);
        }
    }

    private static void present(AvroBuffer out, int value) {
        out.branch(AvroSchemas.VALUE);
        out.number(value);
    }

    private static void nothing(AvroBuffer out, int parts) {
        for (int i = 0; i < parts; i++) {
            out.branch(AvroSchemas.NULL);
        }
    }

    private static int two(byte[] text, int at) {
        return (text[at] - '0') * 10 + text[at + 1] - '0';
    }
}
