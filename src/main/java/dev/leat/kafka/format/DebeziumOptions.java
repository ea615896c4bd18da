package dev.leat.kafka.format;

import dev.leat.settings.FormatSettings;
import java.util.Locale;

/**
 * The options of Debezium JSON, under the names they have there.
 *
 * @param decimals {@code decimal.handling.mode}
 * @param times {@code time.precision.mode}
 * @param isoIntervals {@code interval.handling.mode=string}: ISO 8601 durations; else microseconds
 * @param hstoreMaps {@code hstore.handling.mode=map}: objects; else strings that hold an object
 * @param binaries {@code binary.handling.mode}
 * @param moneyScale {@code money.fraction.digits}
 * @param schemas {@code schemas.enable}: each record carries its schema
 * @param tombstones {@code tombstones.on.delete}: a delete is followed by a record without value
 * @param topicPrefix {@code topic.prefix}, or the task's own
 */
record DebeziumOptions(
        Decimals decimals,
        Times times,
        boolean isoIntervals,
        boolean hstoreMaps,
        Binaries binaries,
        int moneyScale,
        boolean schemas,
        boolean tombstones,
        String topicPrefix) {

    /** How numeric and money are written. */
    enum Decimals {
        PRECISE,
        DOUBLE,
        STRING
    }

    /** How dates and times without zone are written. */
    enum Times {
        ADAPTIVE,
        ADAPTIVE_TIME_MICROSECONDS,
        CONNECT,
        ISOSTRING
    }

    /** How bytes are written. */
    enum Binaries {
        BYTES,
        BASE64,
        HEX
    }

    /** Reads the options. */
    static DebeziumOptions of(EncoderSpec spec) {
        FormatSettings format = spec.format();
        return new DebeziumOptions(
                Decimals.valueOf(upper(Choice.of(format, "decimal.handling.mode", "precise", "double", "string"))),
                Times.valueOf(upper(Choice.of(
                        format,
                        "time.precision.mode",
                        "adaptive",
                        "adaptive_time_microseconds",
                        "connect",
                        "isostring"))),
                Choice.of(format, "interval.handling.mode", "numeric", "string").equals("string"),
                Choice.of(format, "hstore.handling.mode", "json", "map").equals("map"),
                Binaries.valueOf(upper(Choice.of(format, "binary.handling.mode", "bytes", "base64", "hex"))),
                Choice.number(format, "money.fraction.digits", 2, 10),
                Choice.flag(format, "schemas.enable", false),
                Choice.flag(format, "tombstones.on.delete", true),
                format.option("topic.prefix", spec.topicPrefix()));
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
