package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.ORIGIN;
import static dev.leat.kafka.format.Shapes.array;
import static dev.leat.kafka.format.Shapes.base;
import static dev.leat.kafka.format.Shapes.column;
import static dev.leat.kafka.format.Shapes.domain;
import static dev.leat.kafka.format.Shapes.kind;
import static dev.leat.kafka.format.Shapes.numeric;
import static dev.leat.kafka.format.Shapes.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leat.change.Change;
import dev.leat.change.DataType;
import dev.leat.change.Table;
import dev.leat.settings.FormatKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Avro's library reads of a record is what Debezium's JSON says of the same row, for every type and mode. */
class AvroAgainstJsonTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    private static final List<String[]> MODES = List.of(
            new String[] {},
            new String[] {"decimal.handling.mode", "double", "time.precision.mode", "connect"},
            new String[] {
                "decimal.handling.mode",
                "string",
                "time.precision.mode",
                "isostring",
                "interval.handling.mode",
                "string"
            },
            new String[] {
                "binary.handling.mode",
                "base64",
                "hstore.handling.mode",
                "map",
                "time.precision.mode",
                "adaptive_time_microseconds"
            },
            new String[] {"binary.handling.mode", "hex", "money.fraction.digits", "0"});

    static Stream<Arguments> samples() {
        return Stream.of(
                sample(base(Oids.BOOL, "bool"), "t", "f"),
                sample(base(Oids.INT2, "int2"), "-32768", "0", "32767"),
                sample(Shapes.int4(), "-2147483648", "-65", "-64", "63", "64", "2147483647"),
                sample(base(Oids.INT8, "int8"), "-9223372036854775808", "9223372036854775807", "100000000000"),
                sample(base(Oids.OID, "oid"), "4294967295"),
                sample(
                        base(Oids.FLOAT4, "float4"),
                        "3.3",
                        "-0",
                        "1.4e-45",
                        "3.4028235e+38",
                        "NaN",
                        "-Infinity",
                        "16777216"),
                sample(
                        base(Oids.FLOAT8, "float8"),
                        "0.1",
                        "5e-324",
                        "1.7976931348623157e+308",
                        "Infinity",
                        "-2.5e-05",
                        "7"),
                sample(numeric(3, 2), "1.1", "-9.99", "0.00", "NaN"),
                sample(numeric(38, 4), "-1234567890123456789012345678901234.5678", "1"),
                sample(numeric(3, -2), "12300", "-100"),
                sample(numeric(3, 5), "0.00123"),
                sample(
                        numeric(),
                        "10.1111",
                        "22",
                        "1e5".replace("e5", "00000"),
                        "-0.000001",
                        "Infinity",
                        "12345678901234567890.50"),
                sample(base(Oids.MONEY, "money"), "$1,234.11", "-$0.01"),
                sample(Shapes.text(), "tea", "", "🦆 \"é\"\n", "x".repeat(3000)),
                sample(base(Oids.BPCHAR, "bpchar"), "ab   "),
                sample(base(Oids.VARCHAR, "varchar"), "v"),
                sample(base(99_002, "citext"), "MiXed"),
                sample(base(Oids.UUID, "uuid"), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                sample(base(869, "inet"), "10.1.2.3/8"),
                sample(Shapes.bytea(), "\\x", "\\x0102ff", "\\x" + "ab".repeat(200)),
                sample(base(Oids.BIT, "bit", "bit", 1), "1", "0"),
                sample(base(Oids.BIT, "bit", "bit", 24), "000000110000001000000001"),
                sample(base(Oids.VARBIT, "varbit"), "", "10110011101"),
                sample(base(Oids.JSON, "json"), "{\"a\": [1,  null]}"),
                sample(base(Oids.JSONB, "jsonb"), "{\"a\": 1}"),
                sample(base(Oids.XML, "xml"), "<a>&lt;</a>"),
                sample(base(Oids.TSVECTOR, "tsvector"), "'a' 'b':1"),
                sample(base(Oids.DATE, "date"), "2016-11-04", "infinity", "-infinity", "4713-01-01 BC", "21016-11-04"),
                sample(base(Oids.TIME, "time"), "13:51:30.123456", "24:00:00"),
                sample(base(Oids.TIME, "time", "time", 3), "13:51:30.123"),
                sample(base(Oids.TIMETZ, "timetz"), "13:51:30.123789+02", "24:00:00-12:30"),
                sample(
                        base(Oids.TIMESTAMP, "timestamp"),
                        "2016-11-04 13:51:30.123456",
                        "infinity",
                        "4713-12-31 23:59:59.999999 BC"),
                sample(base(Oids.TIMESTAMP, "timestamp", "timestamp", 3), "2016-11-04 13:51:30.123"),
                sample(
                        base(Oids.TIMESTAMPTZ, "timestamptz"),
                        "2016-11-04 11:51:30.12+00",
                        "-infinity",
                        "21016-11-04 06:51:30+00"),
                sample(
                        base(Oids.INTERVAL, "interval"),
                        "1 year 2 mons 3 days 04:05:06.78",
                        "-1 days +00:00:01",
                        "00:00:00"),
                sample(base(Oids.POINT, "point"), "(1,-0.5)", "(1e+300,NaN)"),
                sample(base(Oids.BOX, "box"), "(1,1),(0,0)"),
                sample(base(99_001, "hstore"), "\"a\"=>\"1\", \"b\\\"\"=>NULL", ""),
                sample(kind("mood", DataType.Kind.ENUM), "happy"),
                sample(kind("pair", DataType.Kind.COMPOSITE), "(1,\"a b\")"),
                sample(kind("int4range", DataType.Kind.RANGE), "[1000,6000)"),
                sample(domain(domain(numeric(10, 2))), "1.25"),
                sample(array(Shapes.int4()), "{1,NULL,-3}", "{}", longArray(63), longArray(64), longArray(9000)),
                sample(array(Shapes.text()), "{a,\"b \\\" c\",NULL,\"NULL\",\"\"}"),
                sample(array(numeric(10, 2)), "{1.25,NULL,NaN}"),
                sample(array(base(Oids.FLOAT8, "float8")), "{1.5,NaN}"),
                sample(array(base(Oids.TIMESTAMPTZ, "timestamptz")), "{\"2016-11-04 11:51:30+00\",NULL}"),
                sample(array(base(Oids.BOX, "box")), "{(1,1),(0,0);(2,2),(1,1)}"),
                sample(array(base(99_001, "hstore")), "{\"\\\"a\\\"=>\\\"1\\\"\"}"),
                sample(array(domain(array(Shapes.int4()))), "{\"{1,2}\",NULL,\"{}\"}"));
    }

    private static Arguments sample(DataType type, String... values) {
        return arguments(type, values);
    }

    private static String longArray(int items) {
        return "{" + "5,".repeat(items - 1) + "5}";
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysTheSame(DataType type, String[] values) {
        for (String[] mode : MODES) {
            for (String value : values) {
                compare(Shapes.table(List.of(0), required("id", Shapes.int4()), column("v", type)), mode, value);
            }
            compare(Shapes.table(List.of(0), required("id", Shapes.int4()), column("v", type)), mode, new String[] {null
            });
            compare(Shapes.table(List.of(0), required("id", Shapes.int4()), required("v", type)), mode, values[0]);
        }
    }

    private static void compare(Table table, String[] mode, String... value) {
        Change change = new Change.Insert(table, ORIGIN, Shapes.row("5", value[0]));
        AvroReading avro = new AvroReading(FormatKind.AVRO, table, mode);
        GenericRecord read = avro.read(avro.encode(change).get(0).value());
        String[] schemas = Arrays.copyOf(mode, mode.length + 2);
        schemas[mode.length] = "schemas.enable";
        schemas[mode.length + 1] = "true";
        EncodedRecords json = new EncodedRecords();
        RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, table, schemas))
                .encode(change, json);
        JsonNode payload = JACKSON.readTree(json.get(0).value()).get("payload");

        assertThat(AvroReading.plain(read))
                .as("%s in %s", value[0], List.of(mode))
                .isEqualTo(plain(payload));
        assertThat(AvroReading.plain(avro.read(avro.encode(change).get(0).key())))
                .isEqualTo(plain(JACKSON.readTree(json.get(0).key()).get("payload")));
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
            return fields;
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(plain(item)));
            return items;
        }
        return switch (node.getNodeType()) {
            case NULL -> null;
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : (Object) node.doubleValue();
            default -> node.asString();
        };
    }

    /** Doubles and floats are read without a String where that is exact: it must be the same number. */
    @ParameterizedTest
    @MethodSource("seeds")
    void readsNumbersAsJavaDoes(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            String text = number(random);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            double nearest = Double.parseDouble(text);
            assertThat(NumberText.doubleOf(bytes, 0, bytes.length)).as(text).isEqualTo(nearest);
            assertThat(NumberText.floatOf(bytes, 0, bytes.length)).as(text).isEqualTo(Float.parseFloat(text));
            kinds.merge(Double.isNaN(FloatText.quick(bytes, 0, bytes.length)) ? "slow" : "quick", 1, Integer::sum);
        }
        assertThat(kinds).containsKeys("slow", "quick");
    }

    static Stream<Long> seeds() {
        return Stream.of(1L, 2L);
    }

    private static String number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 ->
                Float.toString(Float.intBitsToFloat(random.nextInt()))
                        .replace("NaN", "0")
                        .replace("Infinity", "1");
            case 2 -> Double.toString(random.nextGaussian() * 1e6);
            // half-way between two floats, and a little beside
            case 3 ->
                Long.toString((1L << 24) + 2L * random.nextInt(1 << 20) + 1) + (random.nextBoolean() ? "" : ".0000001");
            case 4 -> random.nextInt(1000) + "." + random.nextInt(1000) + "e" + (random.nextInt(60) - 30);
            default ->
                Double.toString(Double.longBitsToDouble(random.nextLong()))
                        .replace("NaN", "0")
                        .replace("Infinity", "1");
        };
    }
}
