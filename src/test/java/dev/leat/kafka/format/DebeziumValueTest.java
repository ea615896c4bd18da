package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.array;
import static dev.leat.kafka.format.Shapes.base;
import static dev.leat.kafka.format.Shapes.domain;
import static dev.leat.kafka.format.Shapes.kind;
import static dev.leat.kafka.format.Shapes.numeric;
import static dev.leat.kafka.format.Shapes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leat.change.DataType;
import dev.leat.change.DataType.Kind;
import dev.leat.settings.FormatKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DebeziumValueTest {

    private static final DataType INT4 = Shapes.int4();
    private static final DataType DATE = base(Oids.DATE, "date");
    private static final DataType TIMESTAMP = base(Oids.TIMESTAMP, "timestamp");
    private static final DataType TIMESTAMPTZ = base(Oids.TIMESTAMPTZ, "timestamptz");
    private static final DataType TIME = base(Oids.TIME, "time");
    private static final DataType TIMETZ = base(Oids.TIMETZ, "timetz");
    private static final DataType INTERVAL = base(Oids.INTERVAL, "interval");
    private static final DataType MONEY = base(Oids.MONEY, "money");
    private static final DataType HSTORE = base(99_001, "hstore");
    private static final DataType POINT = base(Oids.POINT, "point");
    private static final DataType VARBIT = base(Oids.VARBIT, "varbit");

    private static final String BOX =
            "{\"wkb\":\"AQMAAAABAAAABQAAAAAAAAAAAPA/AAAAAAAA8D8AAAAAAADwPwAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAA8D8AAAAAAADwPwAAAAAAAPA/\",\"srid\":null,\"extensions\":{\"type\":\"box\"}}";
    private static final String OTHER_BOX =
            "{\"wkb\":\"AQMAAAABAAAABQAAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAPA/AAAA"
                    + "AAAA8D8AAAAAAADwPwAAAAAAAPA/AAAAAAAAAEAAAAAAAAAAQAAAAAAAAABA\",\"srid\":null,"
                    + "\"extensions\":{\"type\":\"box\"}}";

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(base(Oids.INT2, "int2"), "-32768", "-32768"),
                arguments(INT4, "2147483647", "2147483647"),
                arguments(base(Oids.INT8, "int8"), "9223372036854775807", "9223372036854775807"),
                arguments(base(Oids.OID, "oid"), "4294967295", "4294967295"),
                arguments(base(Oids.FLOAT4, "float4"), "3.3", "3.3"),
                arguments(base(Oids.FLOAT8, "float8"), "4.44", "4.44"),
                arguments(base(Oids.FLOAT4, "float4"), "3", "3.0"),
                arguments(base(Oids.FLOAT8, "float8"), "1e+22", "1e+22"),
                arguments(base(Oids.FLOAT8, "float8"), "-0", "-0.0"),
                arguments(base(Oids.FLOAT4, "float4"), "NaN", "\"NaN\""),
                arguments(base(Oids.FLOAT4, "float4"), "Infinity", "\"Infinity\""),
                arguments(base(Oids.FLOAT4, "float4"), "-Infinity", "\"-Infinity\""),
                arguments(base(Oids.BOOL, "bool"), "t", "true"),
                arguments(base(Oids.BOOL, "bool"), "f", "false"),
                arguments(numeric(3, 2), "1.10", "\"bg==\""),
                arguments(numeric(4, 0), "10", "\"Cg==\""),
                arguments(numeric(), "10.1111", "{\"scale\":4,\"value\":\"AYr3\"}"),
                arguments(numeric(), "22", "{\"scale\":0,\"value\":\"Fg==\"}"),
                arguments(numeric(), "-0.000100", "{\"scale\":4,\"value\":\"/w==\"}"),
                arguments(numeric(), "0.00", "{\"scale\":0,\"value\":\"AA==\"}"),
                arguments(numeric(), "100000000000000000000", "{\"scale\":0,\"value\":\"BWvHXi1jEAAA\"}"),
                arguments(numeric(10, 2), "-0.01", "\"/w==\""),
                arguments(numeric(10, 2), "1.28", "\"AIA=\""),
                arguments(numeric(10, 2), "-1.29", "\"/38=\""),
                arguments(numeric(3, -2), "1200", "\"DA==\""),
                arguments(numeric(3, -2), "0", "\"AA==\""),
                arguments(numeric(), "NaN", "\"NaN\""),
                arguments(numeric(), "-Infinity", "\"-Infinity\""),
                arguments(numeric(5, 2), "NaN", "\"NaN\""),
                arguments(MONEY, "$1,234.11", "\"AeIT\""),
                arguments(MONEY, "-$1,234.50", "\"/h3G\""),
                arguments(MONEY, "1.234,11 €", "\"AeIT\""),
                arguments(MONEY, "\u22121 234,50 kr", "\"/h3G\""),
                arguments(MONEY, "($1,234.50)", "\"/h3G\""),
                arguments(MONEY, "¥1,234", "\"AeII\""),
                arguments(MONEY, "-$92,233,720,368,547,758.08", "\"gAAAAAAAAAA=\""));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments(base(Oids.BPCHAR, "bpchar"), "ab   ", "\"ab   \""),
                arguments(base(Oids.VARCHAR, "varchar"), "a\"b", "\"a\\\"b\""),
                arguments(text(), "", "\"\""),
                arguments(base(99_002, "citext"), "Ci", "\"Ci\""),
                arguments(base(Oids.NAME, "name"), "nm", "\"nm\""),
                arguments(base(Oids.XML, "xml"), "<a>1</a>", "\"<a>1</a>\""),
                arguments(
                        base(Oids.UUID, "uuid"),
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\""),
                arguments(base(869, "inet"), "192.168.1.1/24", "\"192.168.1.1/24\""),
                arguments(base(650, "cidr"), "10.0.0.0/8", "\"10.0.0.0/8\""),
                arguments(base(829, "macaddr"), "08:00:2b:01:02:03", "\"08:00:2b:01:02:03\""),
                arguments(base(99_003, "ltree"), "a.b", "\"a.b\""),
                arguments(base(Oids.TSVECTOR, "tsvector"), "'a':1", "\"'a':1\""),
                arguments(base(Oids.JSON, "json"), "{\"a\": 1}", "\"{\\\"a\\\": 1}\""),
                arguments(base(Oids.JSONB, "jsonb"), "[1, 2]", "\"[1, 2]\""),
                arguments(kind("int4range", Kind.RANGE), "[1000,6000)", "\"[1000,6000)\""),
                arguments(kind("mood", Kind.ENUM), "it's \"x\"", "\"it's \\\"x\\\"\""),
                arguments(kind("pair", Kind.COMPOSITE), "(1,\"x y\")", "\"(1,\\\"x y\\\")\""),
                arguments(base(3220, "pg_lsn"), "16/B374D848", "\"16/B374D848\""),
                arguments(domain(numeric(8, 2)), "1.25", "\"fQ==\""),
                arguments(domain(domain(INT4)), "5", "5"),
                arguments(Shapes.bytea(), "\\x010203", "\"AQID\""),
                arguments(Shapes.bytea(), "\\x", "\"\""),
                arguments(base(Oids.BIT, "bit", "bit", 1), "0", "false"),
                arguments(base(Oids.BIT, "bit", "bit", 1), "1", "true"),
                arguments(base(Oids.BIT, "bit", "bit", 2), "11", "\"Aw==\""),
                arguments(base(Oids.BIT, "bit", "bit", 2), "00", "\"\""),
                arguments(base(Oids.BIT, "bit", "bit", 24), "000000110000001000000001", "\"AQID\""),
                arguments(VARBIT, "101", "\"BQ==\""),
                arguments(VARBIT, "000000001", "\"AQ==\""),
                arguments(VARBIT, "", "\"\""),
                arguments(base(Oids.VARBIT, "varbit", "varbit", 1), "", "false"),
                arguments(HSTORE, "\"key\"=>\"val\"", "\"{\\\"key\\\":\\\"val\\\"}\""),
                arguments(
                        HSTORE,
                        "\"k\"=>NULL, \"q\\\"\"=>\"\\\\\"",
                        "\"{\\\"k\\\":null,\\\"q\\\\\\\"\\\":\\\"\\\\\\\\\\\"}\""),
                arguments(HSTORE, "", "\"{}\""),
                arguments(
                        POINT, "(1,1)", "{\"x\":1.0,\"y\":1.0,\"wkb\":\"AQEAAAAAAAAAAADwPwAAAAAAAPA/\",\"srid\":null}"),
                arguments(
                        POINT,
                        "(NaN,Infinity)",
                        "{\"x\":\"NaN\",\"y\":\"Infinity\",\"wkb\":\"AQEAAAAAAAAAAAD4fwAAAAAAAPB/\",\"srid\":null}"));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                arguments(TIMESTAMP, "2016-11-04 13:51:30.123456", "1478267490123456"),
                arguments(
                        base(Oids.TIMESTAMP, "timestamp", "timestamp", 3), "2016-11-04 13:51:30.123", "1478267490123"),
                arguments(
                        base(Oids.TIMESTAMP, "timestamp", "timestamp", 4), "2016-11-04 13:51:30.1", "1478267490100000"),
                arguments(TIMESTAMP, "1969-12-31 23:59:59.999999", "-1"),
                arguments(TIMESTAMP, "infinity", "9223372036825200000"),
                arguments(TIMESTAMP, "-infinity", "-9223372036832400000"),
                arguments(TIMESTAMP, "4713-12-31 23:59:59.999999 BC", "-210831897600000001"),
                arguments(TIMESTAMP, "294276-12-31 23:59:59.999999", "9223372036854775807"),
                arguments(TIMESTAMPTZ, "2016-11-04 11:51:30.123456+00", "\"2016-11-04T11:51:30.123456Z\""),
                arguments(TIMESTAMPTZ, "2016-11-04 13:51:30.12+02", "\"2016-11-04T11:51:30.120000Z\""),
                arguments(TIMESTAMPTZ, "2016-11-04 11:51:30+00", "\"2016-11-04T11:51:30.000000Z\""),
                arguments(
                        base(Oids.TIMESTAMPTZ, "timestamptz", "timestamptz", 3),
                        "2016-11-04 11:51:30.1+00",
                        "\"2016-11-04T11:51:30.100Z\""),
                arguments(
                        base(Oids.TIMESTAMPTZ, "timestamptz", "timestamptz", 0),
                        "2016-11-04 11:51:30+00",
                        "\"2016-11-04T11:51:30Z\""),
                arguments(TIMESTAMPTZ, "infinity", "\"infinity\""),
                arguments(TIMESTAMPTZ, "-infinity", "\"-infinity\""),
                arguments(TIMESTAMPTZ, "21016-11-04 06:51:30.123456+00", "\"+21016-11-04T06:51:30.123456Z\""),
                arguments(TIMESTAMPTZ, "4714-12-31 23:59:59.999999+00 BC", "\"-4713-12-31T23:59:59.999999Z\""),
                arguments(TIMESTAMPTZ, "0001-01-01 00:00:00+00 BC", "\"0000-01-01T00:00:00.000000Z\""),
                arguments(DATE, "2016-11-04", "17109"),
                arguments(DATE, "2000-02-29", "11016"),
                arguments(DATE, "0001-02-29 BC", "-719469"),
                arguments(DATE, "infinity", "2147483647"),
                arguments(DATE, "-infinity", "-2147483647"),
                arguments(DATE, "4713-01-01 BC", "-2440550"),
                arguments(DATE, "5874897-12-31", "2145042905"),
                arguments(TIME, "13:51:30", "49890000000"),
                arguments(base(Oids.TIME, "time", "time", 3), "13:51:30.123", "49890123"),
                arguments(TIME, "24:00:00", "86400000000"),
                arguments(TIMETZ, "13:51:30.123789+02", "\"11:51:30.123789Z\""),
                arguments(TIMETZ, "13:51:30+05:30", "\"08:21:30Z\""),
                arguments(TIMETZ, "00:00:00-15:59:59", "\"15:59:59Z\""),
                arguments(TIMETZ, "00:00:00+01", "\"23:00:00Z\""),
                arguments(TIMETZ, "24:00:00+00", "\"24:00:00Z\""),
                arguments(TIMETZ, "24:00:00-02", "\"02:00:00Z\""),
                arguments(INTERVAL, "1 year 2 mons 3 days 04:05:06.78", "37091106780000"),
                arguments(INTERVAL, "-1 years -2 mons +3 days -04:05:06.789", "-36572706789000"),
                arguments(INTERVAL, "00:00:00", "0"),
                arguments(INTERVAL, "178000000 years", "9223372036854775807"),
                arguments(INTERVAL, "-infinity", "-9223372036854775808"));
    }

    static Stream<Arguments> arrays() {
        DataType texts = array(text());
        return Stream.of(
                arguments(array(INT4), "{1,2,NULL}", "[1,2,null]"),
                arguments(array(INT4), "{}", "[]"),
                arguments(array(INT4), "[0:2]={1,2,3}", "[1,2,3]"),
                arguments(array(INT4), "{{1,2},{3,4}}", "[[1,2],[3,4]]"),
                arguments(array(INT4), "[-1:0][2:3]={{1,2},{3,4}}", "[[1,2],[3,4]]"),
                arguments(
                        texts,
                        "{a,\"b,c\",\"d\\\"e\",\"f\\\\g\",NULL,\"NULL\",\"\",\"{}\"}",
                        "[\"a\",\"b,c\",\"d\\\"e\",\"f\\\\g\",null,\"NULL\",\"\",\"{}\"]"),
                arguments(array(DATE), "{2016-11-04,2016-11-05}", "[17109,17110]"),
                arguments(array(numeric(10, 2)), "{1.10,2.22,NULL}", "[\"bg==\",\"AN4=\",null]"),
                arguments(array(TIMESTAMPTZ), "{\"2016-11-04 11:51:30+00\"}", "[\"2016-11-04T11:51:30.000000Z\"]"),
                arguments(array(Shapes.bytea()), "{\"\\\\x0102\"}", "[\"AQI=\"]"),
                arguments(array(HSTORE), "{\"\\\"a\\\"=>\\\"1\\\"\"}", "[\"{\\\"a\\\":\\\"1\\\"}\"]"),
                arguments(array(base(Oids.BOX, "box")), "{(1,1),(0,0);(2,2),(1,1)}", "[" + BOX + "," + OTHER_BOX + "]"),
                arguments(array(domain(array(INT4))), "{\"{1,2}\",\"{3}\"}", "[[1,2],[3]]"),
                arguments(array(domain(texts)), "{\"{\\\"a b\\\",c}\"}", "[[\"a b\",\"c\"]]"),
                arguments(
                        new DataType(Oids.INT2VECTOR, "int2vector", "int2vector", -1, Kind.ARRAY, base(21, "int2")),
                        "1 2",
                        "[1,2]"),
                arguments(base(Oids.OIDVECTOR, "oidvector"), "", "[]"));
    }

    static Stream<Arguments> geometry() {
        String line = "{\"wkb\":\"AQIAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPA/AAAAAAAA8D8=\",\"srid\":null,"
                + "\"extensions\":{\"type\":\"%s\"%s}}";
        return Stream.of(
                arguments(base(Oids.LINE, "line"), "{1,-2.5,3e+30}", "{\"a\":1.0,\"b\":-2.5,\"c\":3.0E30}"),
                arguments(base(Oids.LSEG, "lseg"), "[(0,0),(1,1)]", line.formatted("lseg", "")),
                arguments(base(Oids.BOX, "box"), "(1,1),(0,0)", BOX),
                arguments(base(Oids.PATH, "path"), "((0,0),(1,1))", line.formatted("path", ",\"closed\":\"true\"")),
                arguments(base(Oids.PATH, "path"), "[(0,0),(1,1)]", line.formatted("path", ",\"closed\":\"false\"")),
                arguments(
                        base(Oids.POLYGON, "polygon"),
                        "((0,0),(1,1),(1,0))",
                        "{\"wkb\":\"AQMAAAABAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADwPwAAAAAAAPA/AAAA"
                                + "AAAA8D8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"srid\":null,\"extensions\":{\"type\":\"polygon\"}}"),
                arguments(
                        base(Oids.CIRCLE, "circle"),
                        "<(0,0),1>",
                        "{\"center\":{\"x\":0.0,\"y\":0.0,\"wkb\":\"AQEAAAAAAAAAAAAAAAAAAAAAAAAA\",\"srid\":null},"
                                + "\"radius\":1.0}"));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "texts", "times", "arrays", "geometry"})
    void writesAValueAsDebeziumDoes(DataType type, String value, String expected) {
        assertThat(write(type, value)).isEqualTo(expected);
    }

    static Stream<Arguments> modes() {
        String time = "time.precision.mode";
        String decimals = "decimal.handling.mode";
        return Stream.of(
                arguments(decimals, "double", numeric(10, 2), "1.10", "1.10"),
                arguments(decimals, "double", numeric(), "22", "22.0"),
                arguments(decimals, "double", numeric(), "NaN", "\"NaN\""),
                arguments(decimals, "double", MONEY, "$1,234.11", "1234.11"),
                arguments(decimals, "string", numeric(), "-0.000100", "\"-0.000100\""),
                arguments(decimals, "string", numeric(), "Infinity", "\"Infinity\""),
                arguments(decimals, "string", MONEY, "-$1,234.50", "\"-1234.50\""),
                arguments("money.fraction.digits", "0", MONEY, "¥1,234", "\"BNI=\""),
                arguments(
                        time,
                        "adaptive_time_microseconds",
                        base(Oids.TIME, "time", "time", 3),
                        "13:51:30",
                        "49890000000"),
                arguments(
                        time,
                        "adaptive_time_microseconds",
                        base(Oids.TIMESTAMP, "timestamp", "timestamp", 3),
                        "1970-01-01 00:00:01",
                        "1000"),
                arguments(time, "connect", TIME, "13:51:30.123456", "49890123"),
                arguments(time, "connect", TIMESTAMP, "1969-12-31 23:59:59.999999", "-1"),
                arguments(time, "connect", DATE, "1970-01-02", "1"),
                arguments(time, "isostring", DATE, "2016-11-04", "\"2016-11-04Z\""),
                arguments(time, "isostring", DATE, "21016-01-01", "\"+21016-01-01Z\""),
                arguments(time, "isostring", DATE, "4713-01-01 BC", "\"-4712-01-01Z\""),
                arguments(time, "isostring", DATE, "infinity", "\"infinity\""),
                arguments(time, "isostring", TIME, "13:51:30.1200", "\"13:51:30.12Z\""),
                arguments(time, "isostring", TIME, "24:00:00", "\"24:00:00Z\""),
                arguments(time, "isostring", TIMESTAMP, "2016-11-04 13:51:30.1234", "\"2016-11-04T13:51:30.1234Z\""),
                arguments(time, "isostring", TIMESTAMP, "-infinity", "\"-infinity\""),
                arguments(
                        "interval.handling.mode",
                        "string",
                        INTERVAL,
                        "1 year 2 mons 3 days 04:05:06.78",
                        "\"P1Y2M3DT4H5M6.78S\""),
                arguments("interval.handling.mode", "string", INTERVAL, "1 day", "\"P0Y0M1DT0H0M0S\""),
                arguments(
                        "interval.handling.mode",
                        "string",
                        INTERVAL,
                        "-1 mons +2 days -00:00:00.5",
                        "\"P0Y-1M2DT0H0M-0.5S\""),
                arguments("interval.handling.mode", "string", INTERVAL, "-04:05:06.789", "\"P0Y0M0DT-4H-5M-6.789S\""),
                arguments("interval.handling.mode", "string", INTERVAL, "infinity", "\"infinity\""),
                arguments(
                        "hstore.handling.mode",
                        "map",
                        HSTORE,
                        "\"key\"=>\"val\", \"n\"=>NULL",
                        "{\"key\":\"val\",\"n\":null}"),
                arguments("binary.handling.mode", "base64", Shapes.bytea(), "\\x010203", "\"AQID\""),
                arguments("binary.handling.mode", "hex", Shapes.bytea(), "\\x0102ff", "\"0102ff\""),
                arguments("schemas.enable", "true", numeric(), "NaN", "null"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void followsTheHandlingModes(String option, String mode, DataType type, String value, String expected) {
        assertThat(write(type, value, option, mode)).isEqualTo(expected);
    }

    @Test
    void writesDecimalsExactlyAtEverySize() {
        Random random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            int scale = random.nextInt(20);
            BigDecimal decimal = new BigDecimal(new BigInteger(1 + random.nextInt(150), random), scale);
            decimal = random.nextBoolean() ? decimal.negate() : decimal;
            String bytes =
                    Base64.getEncoder().encodeToString(decimal.unscaledValue().toByteArray());
            assertThat(write(numeric(60, scale), decimal.toPlainString())).isEqualTo('"' + bytes + '"');
            BigDecimal stripped = decimal.stripTrailingZeros();
            stripped = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
            bytes = Base64.getEncoder().encodeToString(stripped.unscaledValue().toByteArray());
            assertThat(write(numeric(), decimal.toPlainString()))
                    .isEqualTo("{\"scale\":" + stripped.scale() + ",\"value\":\"" + bytes + "\"}");
        }
    }

    @Test
    void countsDaysAndTimesAsJavaDoes() {
        Random random = new Random(13);
        DateTimeFormatter postgres = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
        for (int i = 0; i < 1_000; i++) {
            long micros = random.nextLong(-62_135_596_800_000_000L, 253_402_300_800_000_000L);
            LocalDateTime time = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
            String text = postgres.format(time);
            assertThat(write(TIMESTAMP, text)).isEqualTo(Long.toString(micros));
            assertThat(write(DATE, text.substring(0, 10)))
                    .isEqualTo(Long.toString(time.toLocalDate().toEpochDay()));
            String zoned = write(TIMESTAMPTZ, text + "+03:30");
            assertThat(Instant.parse(zoned.substring(1, zoned.length() - 1)))
                    .isEqualTo(time.toInstant(ZoneOffset.ofHoursMinutes(3, 30)));
        }
    }

    private static String write(DataType type, String value, String... options) {
        EncoderSpec spec = Shapes.spec(FormatKind.DEBEZIUM_JSON, Shapes.table(List.of()), options);
        byte[] text = ("\"" + value + "{9").getBytes(StandardCharsets.UTF_8);
        JsonBuffer out = new JsonBuffer();
        DebeziumType.of(type, DebeziumOptions.of(spec), true).value().write(out, text, 1, text.length - 2);
        return new String(out.take(), StandardCharsets.UTF_8);
    }
}
