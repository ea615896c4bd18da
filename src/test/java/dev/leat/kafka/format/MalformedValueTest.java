package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.ORIGIN;
import static dev.leat.kafka.format.Shapes.array;
import static dev.leat.kafka.format.Shapes.base;
import static dev.leat.kafka.format.Shapes.column;
import static dev.leat.kafka.format.Shapes.domain;
import static dev.leat.kafka.format.Shapes.numeric;
import static dev.leat.kafka.format.Shapes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leat.change.Change;
import dev.leat.change.DataType;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.FormatKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class MalformedValueTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final int ROUNDS = 600;
    private static final String ALPHABET = "0123456789-+:.,;{}[]()\"\\ =>NULLtfinytyearsmonsdaysBCxe$Z";

    private static final DataType DATE = base(Oids.DATE, "date");
    private static final DataType TIMESTAMP = base(Oids.TIMESTAMP, "timestamp");
    private static final DataType TIMESTAMPTZ = base(Oids.TIMESTAMPTZ, "timestamptz");
    private static final DataType TIME = base(Oids.TIME, "time");
    private static final DataType TIMETZ = base(Oids.TIMETZ, "timetz");
    private static final DataType INTERVAL = base(Oids.INTERVAL, "interval");
    private static final DataType HSTORE = base(99_001, "hstore");

    static Stream<Arguments> samples() {
        return Stream.of(
                arguments(Shapes.int4(), "-2147483648"),
                arguments(base(Oids.FLOAT8, "float8"), "-1.5e+300"),
                arguments(base(Oids.BOOL, "bool"), "t"),
                arguments(numeric(), "-12345678901234567890.12345"),
                arguments(numeric(10, 2), "-12345.67"),
                arguments(base(Oids.MONEY, "money"), "-$1,234.50"),
                arguments(Shapes.bytea(), "\\x0102ff"),
                arguments(base(Oids.BIT, "bit", "bit", 9), "101010101"),
                arguments(base(Oids.BIT, "bit", "bit", 1), "1"),
                arguments(DATE, "0044-03-15 BC"),
                arguments(TIMESTAMP, "12016-11-04 13:51:30.123456"),
                arguments(TIMESTAMPTZ, "2016-11-04 13:51:30.123456+05:30"),
                arguments(TIMESTAMPTZ, "-infinity"),
                arguments(TIME, "24:00:00"),
                arguments(TIMETZ, "13:51:30.1-15:59:59"),
                arguments(INTERVAL, "1 year 2 mons -3 days +04:05:06.789"),
                arguments(base(Oids.POINT, "point"), "(1.5,-2e-05)"),
                arguments(HSTORE, "\"a\"=>\"1\", \"b\\\"\"=>NULL"),
                arguments(array(Shapes.int4()), "[0:1][1:2]={{1,2},{NULL,4}}"),
                arguments(array(Shapes.text()), "{a,\"b \\\" c\",NULL,\"\"}"),
                arguments(array(TIMESTAMPTZ), "{\"2016-11-04 13:51:30+00\",NULL}"),
                arguments(array(HSTORE), "{\"\\\"a\\\"=>\\\"1\\\"\"}"),
                arguments(array(domain(array(numeric()))), "{\"{1.5,NULL}\",\"{}\"}"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void endsInAValueOrInOneFailureWhateverTheBytes(DataType type, String sample) {
        Random random = new Random(sample.hashCode());
        for (String mode : List.of("adaptive", "connect", "isostring")) {
            Table table = Shapes.table(List.of(), column("secret_free", type));
            RecordEncoder encoder = RecordEncoders.compile(Shapes.spec(
                    FormatKind.DEBEZIUM_JSON,
                    table,
                    "time.precision.mode",
                    mode,
                    "interval.handling.mode",
                    mode.equals("connect") ? "string" : "numeric",
                    "hstore.handling.mode",
                    mode.equals("connect") ? "map" : "json",
                    "binary.handling.mode",
                    mode.equals("connect") ? "hex" : "bytes"));
            for (int i = 0; i < ROUNDS; i++) {
                encodeOrFail(encoder, table, i % 8 == 0 ? noise(random) : mutated(random, sample));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neverStopsCanalWhoseValuesAreText(DataType type, String sample) {
        Random random = new Random(sample.hashCode());
        Table table = Shapes.table(List.of(), column("secret_free", type));
        RecordEncoder encoder = RecordEncoders.compile(Shapes.spec(FormatKind.CANAL_JSON, table, "bytea", "latin1"));
        for (int i = 0; i < ROUNDS; i++) {
            encodeOrFail(encoder, table, mutated(random, sample));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void endsInARecordThatAvroReadsOrInOneFailure(DataType type, String sample) {
        Random random = new Random(sample.hashCode());
        Table table = Shapes.table(List.of(), column("secret_free", type));
        AvroReading avro = new AvroReading(FormatKind.AVRO, table, "array.nesting", "nested");
        AvroReading dts = new AvroReading(FormatKind.DTS_AVRO, table, "schema.registry", "true");
        for (int i = 0; i < ROUNDS; i++) {
            byte[] value = i % 8 == 0 ? noise(random) : mutated(random, sample);
            for (AvroReading format : List.of(avro, dts)) {
                readOrFail(format, new Change.Insert(table, ORIGIN, Shapes.bytesRow(false, value)));
            }
        }
    }

    private static void readOrFail(AvroReading format, Change change) {
        try {
            format.read(format.encode(change).get(0).value());
        } catch (SyncException failure) {
            assertThat(failure.kind()).isIn(FailureKind.SOURCE_PROTOCOL, FailureKind.SETTINGS);
            assertThat(failure).hasMessageContaining("column secret_free");
        }
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments(Shapes.int4(), "01"),
                arguments(Shapes.int4(), "-"),
                arguments(Shapes.int4(), "NaN"),
                arguments(base(Oids.FLOAT8, "float8"), "1e"),
                arguments(base(Oids.FLOAT8, "float8"), "1."),
                arguments(base(Oids.BOOL, "bool"), "true"),
                arguments(numeric(10, 2), "1.234"),
                arguments(numeric(3, -2), "1234"),
                arguments(numeric(), "1e5"),
                arguments(base(Oids.MONEY, "money"), "$"),
                arguments(base(Oids.MONEY, "money"), "$92,233,720,368,547,758.08"),
                arguments(Shapes.bytea(), "abc"),
                arguments(Shapes.bytea(), "\\x0"),
                arguments(Shapes.bytea(), "\\x0g"),
                arguments(base(Oids.VARBIT, "varbit"), "102"),
                arguments(DATE, "2016-13-01"),
                arguments(DATE, "2016-02-30"),
                arguments(DATE, "1900-02-29"),
                arguments(DATE, "2016x-02-03"),
                arguments(DATE, "11/04/2016"),
                arguments(TIMESTAMP, "2016-11-04"),
                arguments(TIMESTAMP, "2016-11-04 13:51:30+00"),
                arguments(TIMESTAMPTZ, "2016-11-04 13:51:30"),
                arguments(TIMESTAMPTZ, "2016-11-04 13:51:30+00:99"),
                arguments(TIME, "24:00:01"),
                arguments(TIME, "13:60:00"),
                arguments(TIME, "13:51"),
                arguments(TIMETZ, "13:51:30"),
                arguments(INTERVAL, ""),
                arguments(INTERVAL, "1 week"),
                arguments(INTERVAL, "1 day "),
                arguments(INTERVAL, "P1D"),
                arguments(base(Oids.POINT, "point"), "(1,2"),
                arguments(base(Oids.POINT, "point"), "(1,2,3)"),
                arguments(HSTORE, "\"a\"=>1"),
                arguments(HSTORE, "\"a\"=>\"1\","),
                arguments(array(Shapes.int4()), "{1,2"),
                arguments(array(Shapes.int4()), "{1,,2}"),
                arguments(array(Shapes.int4()), "{1}{2}"),
                arguments(array(Shapes.int4()), "1,2"),
                arguments(array(Shapes.int4()), "{{{{{{{1}}}}}}}"),
                arguments(array(Shapes.text()), "{\"a}"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesTextThatTheTypeNeverPrints(DataType type, String value) {
        Table table = Shapes.table(List.of(), column("c", type));
        RecordEncoder encoder = RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, table));

        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(
                        () -> encoder.encode(new Change.Insert(table, ORIGIN, Shapes.row(value)), new EncodedRecords()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL));
    }

    private static void encodeOrFail(RecordEncoder encoder, Table table, byte[] text) {
        EncodedRecords records = new EncodedRecords();
        try {
            encoder.encode(new Change.Insert(table, ORIGIN, Shapes.bytesRow(false, text)), records);
            if (isAscii(text)) {
                JACKSON.readTree(utf8(records.get(0).value()));
            }
        } catch (SyncException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL);
            assertThat(e.getMessage()).startsWith("Table public.item, column secret_free: ");
        }
    }

    private static boolean isAscii(byte[] text) {
        for (byte character : text) {
            if (character < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The sample with some characters replaced, left out or put in. */
    private static byte[] mutated(Random random, String sample) {
        StringBuilder text = new StringBuilder(sample);
        for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            char character = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, character);
                case 2 -> text.setLength(at);
                default -> text.setCharAt(at, character);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
