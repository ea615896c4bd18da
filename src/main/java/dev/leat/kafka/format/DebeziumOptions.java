package dev.leat.kafka.format;

import dev.leat.change.Table;
import dev.leat.settings.FormatSettings;
import java.util.List;
import java.util.Locale;

/**
 * The options of Debezium's envelope, in JSON and in Avro, under the names they have there.
 *
 * @param decimals {@code decimal.handling.mode}
 * @param times {@code time.precision.mode}
 * @param isoIntervals {@code interval.handling.mode=string}: ISO 8601 durations; else microseconds
 * @param hstoreMaps {@code hstore.handling.mode=map}: objects; else strings that hold an object
 * @param binaries {@code binary.handling.mode}
 * @param moneyScale {@code money.fraction.digits}
 * @param schemas {@code schemas.enable}: each record carries its schema; always on in Avro
 * @param nestedArrays whether arrays of several dimensions have room; in Avro {@code array.nesting=nested}
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
        boolean nestedArrays,
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

    /** Reads the options of records in JSON. */
    static DebeziumOptions of(EncoderSpec spec) {
        boolean schemas = Choice.flag(spec.format(), "schemas.enable", false);
        return of(spec, schemas, !schemas);
    }

    /** Reads the options of records in Avro. */
    static DebeziumOptions avro(EncoderSpec spec) {
        return of(
                spec,
                true,
                Choice.of(spec.format(), "array.nesting", "flat", "nested").equals("nested"));
    }

    /** How the columns of a table are represented. */
    List<DebeziumType> types(Table table) {
        return table.columns().stream()
                .map(column -> DebeziumType.of(column.type(), this, !column.notNull()))
                .toList();
    }

    private static DebeziumOptions of(EncoderSpec spec, boolean schemas, boolean nestedArrays) {
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
                schemas,
                nestedArrays,
                Choice.flag(format, "tombstones.on.delete", true),
                format.option("topic.prefix", spec.topicPrefix()));
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
