package dev.leat.kafka.format;

import dev.leat.change.DataType;
import dev.leat.kafka.format.DebeziumOptions.Times;
import dev.leat.kafka.format.DebeziumValue.Form;

/** How Debezium represents dates, times and intervals under {@code time.precision.mode}. */
final class DebeziumTimeType {

    private static final int MILLIS_DIGITS = 3;

    private DebeziumTimeType() {}

    /** The representation of one of PostgreSQL's date and time types. */
    static DebeziumType of(DataType type, DebeziumOptions options) {
        return switch (type.oid()) {
            case Oids.DATE -> date(options.times());
            case Oids.TIME -> time(type, options.times());
            case Oids.TIMESTAMP -> timestamp(type, options.times());
            case Oids.TIMETZ -> text(Form.TIME_ZONED, "io.debezium.time.ZonedTime", "00:00:00Z");
            case Oids.TIMESTAMPTZ -> zonedTimestamp(type);
            default -> interval(options.isoIntervals());
        };
    }

    private static DebeziumType date(Times times) {
        return switch (times) {
            case ISOSTRING -> text(Form.DATE_ISO, "io.debezium.time.IsoDate", "1970-01-01Z");
            case CONNECT -> number(Form.DATE_DAYS, ConnectType.INT32, "org.apache.kafka.connect.data.Date");
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS ->
                number(Form.DATE_DAYS, ConnectType.INT32, "io.debezium.time.Date");
        };
    }

    private static DebeziumType time(DataType type, Times times) {
        boolean millis = times == Times.ADAPTIVE && type.timePrecision() <= MILLIS_DIGITS;
        return switch (times) {
            case ISOSTRING -> text(Form.TIME_ISO, "io.debezium.time.IsoTime", "00:00:00Z");
            case CONNECT -> number(Form.TIME_MILLIS, ConnectType.INT32, "org.apache.kafka.connect.data.Time");
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS ->
                millis
                        ? number(Form.TIME_MILLIS, ConnectType.INT32, "io.debezium.time.Time")
                        : number(Form.TIME_MICROS, ConnectType.INT64, "io.debezium.time.MicroTime");
        };
    }

    private static DebeziumType timestamp(DataType type, Times times) {
        return switch (times) {
            case ISOSTRING -> text(Form.TIMESTAMP_ISO, "io.debezium.time.IsoTimestamp", "1970-01-01T00:00:00Z");
            case CONNECT -> number(Form.TIMESTAMP_MILLIS, ConnectType.INT64, "org.apache.kafka.connect.data.Timestamp");
            case ADAPTIVE, ADAPTIVE_TIME_MICROSECONDS ->
                type.timePrecision() <= MILLIS_DIGITS
                        ? number(Form.TIMESTAMP_MILLIS, ConnectType.INT64, "io.debezium.time.Timestamp")
                        : number(Form.TIMESTAMP_MICROS, ConnectType.INT64, "io.debezium.time.MicroTimestamp");
        };
    }

    private static DebeziumType zonedTimestamp(DataType type) {
        int width = Math.clamp(type.timePrecision(), 0, 6);
        return new DebeziumType(
                DebeziumType.writer(Form.TIMESTAMP_ZONED, width),
                ConnectType.STRING.named("io.debezium.time.ZonedTimestamp"),
                "\"1970-01-01T00:00:00Z\"",
                "null");
    }

    private static DebeziumType interval(boolean iso) {
        return iso
                ? text(Form.INTERVAL_ISO, "io.debezium.time.Interval", "P0Y0M0DT0H0M0S")
                : number(Form.INTERVAL_MICROS, ConnectType.INT64, "io.debezium.time.MicroDuration");
    }

    private static DebeziumType number(Form form, ConnectType connect, String meaning) {
        return DebeziumType.simple(form, connect.named(meaning), "0");
    }

    private static DebeziumType text(Form form, String meaning, String neutral) {
        return DebeziumType.simple(form, ConnectType.STRING.named(meaning), "\"" + neutral + "\"");
    }
}
