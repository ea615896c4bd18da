package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.UNCHANGED;
import static dev.leat.kafka.format.Shapes.array;
import static dev.leat.kafka.format.Shapes.base;
import static dev.leat.kafka.format.Shapes.column;
import static dev.leat.kafka.format.Shapes.domain;
import static dev.leat.kafka.format.Shapes.keyRow;
import static dev.leat.kafka.format.Shapes.kind;
import static dev.leat.kafka.format.Shapes.numeric;
import static dev.leat.kafka.format.Shapes.required;
import static dev.leat.kafka.format.Shapes.row;
import static dev.leat.kafka.format.Shapes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leat.change.Change;
import dev.leat.change.DataType;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.UnavailableValues;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DtsAvroEncoderTest {

    private static final DataType VARCHAR = base(Oids.VARCHAR, "varchar");
    private static final Table ITEM = Shapes.table(List.of(0), required("id", Shapes.int4()), column("label", VARCHAR));
    private static final Origin ORIGIN = new Origin(0x16B3800, 0x16B3748, 0, 742, 1_700_000_000_123_000L, 0);

    /** Encoded from the published schema with another library. */
    private static final String INSERT = """
            000e80c49fd50c12302f313642333734380006373432060a31322e313200022073686f702e7075626c69632e6974656d\
            000214706b5f756b5f696e666f247b225052494d415259223a5b226964225d7d0004040469642e0a6c6162656ca61000\
            00040402000235040a5554462d380674656100f6a1abfef962""";

    private static final String STATEMENT = """
            000e80c49fd50c12302f313642333734380006373432060a31322e313206022073686f702e7075626c69632e6974656d\
            00000000023c414c544552205441424c45206974656d20414444206e6f74652074657874f6a1abfef962""";

    private final EncodedRecords records = new EncodedRecords();

    @Test
    void writesTheFirstTestVectorByteForByte() {
        RecordEncoder encoder = new DtsAvroEncoder(spec(ITEM, 6, Map.of()));
        encoder.encode(new Change.Insert(ITEM, ORIGIN, row("5", "tea")), records);
        assertThat(HexFormat.of().formatHex(records.get(0).value())).isEqualTo(INSERT);
        assertThat(utf8(records.get(0).key())).isEqualTo("{\"id\":\"5\"}");
    }

    @Test
    void writesTheSecondTestVectorByteForByte() {
        AvroBuffer out = new AvroBuffer();
        new DtsRecord(spec(ITEM, 6, Map.of()), new byte[0]).statement(out, ORIGIN, "ALTER TABLE item ADD note text");
        assertThat(HexFormat.of().formatHex(out.take())).isEqualTo(STATEMENT);
    }

    @Test
    void readsBackAllThatStandsAroundTheImages() {
        GenericRecord record = only(ITEM, new Change.Read(ITEM, ORIGIN, row("5", null)));
        assertThat(record.get("version")).isEqualTo(0);
        assertThat(record.get("id")).isEqualTo(41L);
        assertThat(record.get("sourceTimestamp")).isEqualTo(1_700_000_000L);
        assertThat(record.get("sourcePosition")).hasToString("0/16B3748");
        assertThat(record.get("sourceTxid")).hasToString("742");
        assertThat(record.get("source")).hasToString("{\"sourceType\": \"PostgreSQL\", \"version\": \"12.12\"}");
        assertThat(record.get("operation")).hasToString("INIT");
        assertThat(record.get("objectName")).hasToString("shop.public.item");
        assertThat(record.get("processTimestamps")).isNull();
        assertThat(record.get("tags")).hasToString("{pk_uk_info={\"PRIMARY\":[\"id\"]}}");
        assertThat(record.get("fields"))
                .hasToString(
                        "[{\"name\": \"id\", \"dataTypeNumber\": 23}, {\"name\": \"label\", \"dataTypeNumber\": 1043}]");
        assertThat(record.get("beforeImages")).isNull();
        assertThat(record.get("bornTimestamp")).isEqualTo(1_700_000_000_123L);
        assertThat(images(record, "afterImages").get(1)).isNull();
    }

    @Test
    void writesADotInANameAsSixCharacters() {
        Table odd = new Table(1, new TableId("a.b", "c"), List.of(column("x", VARCHAR)), List.of(), false);
        GenericRecord record = only(odd, new Change.Insert(odd, ORIGIN, row("y")));
        assertThat(record.get("objectName")).hasToString("shop.a\\u002Eb.c");
        assertThat(record.get("tags")).hasToString("{}");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                value(base(Oids.INT2, "int2"), "-7", "Integer", "{\"precision\": 0, \"value\": \"-7\"}"),
                value(
                        base(Oids.INT8, "int8"),
                        "9223372036854775807",
                        "Integer",
                        "{\"precision\": 0, \"value\": \"9223372036854775807\"}"),
                value(base(Oids.OID, "oid"), "4294967295", "Integer", "{\"precision\": 0, \"value\": \"4294967295\"}"),
                value(
                        numeric(10, 2),
                        "-0012.50".replace("00", ""),
                        "Decimal",
                        "{\"value\": \"-12.50\", \"precision\": 4, \"scale\": 2}"),
                value(numeric(), "0.00", "Decimal", "{\"value\": \"0.00\", \"precision\": 1, \"scale\": 2}"),
                value(numeric(), "NaN", "Decimal", "{\"value\": \"NaN\", \"precision\": 0, \"scale\": 0}"),
                value(
                        base(Oids.MONEY, "money"),
                        "-$1,234.50",
                        "Decimal",
                        "{\"value\": \"-1234.50\", \"precision\": 6, \"scale\": 2}"),
                value(base(Oids.FLOAT4, "float4"), "3.3", "Float", "{\"value\": 3.3, \"precision\": 8, \"scale\": 15}"),
                value(
                        base(Oids.FLOAT8, "float8"),
                        "5e-324",
                        "Float",
                        "{\"value\": 4.9E-324, \"precision\": 8, \"scale\": 15}"),
                value(
                        base(Oids.FLOAT8, "float8"),
                        "-Infinity",
                        "Decimal",
                        "{\"value\": \"-Infinity\", \"precision\": 0, \"scale\": 0}"),
                value(base(Oids.BOOL, "bool"), "t", "TextObject", "{\"type\": \"BOOL\", \"value\": \"true\"}"),
                value(base(Oids.NAME, "name"), "n", "Character", "{\"charset\": \"UTF-8\", \"value\": \"n\"}"),
                value(base(99_002, "citext"), "MiXed", "Character", "{\"charset\": \"UTF-8\", \"value\": \"MiXed\"}"),
                value(base(Oids.UUID, "uuid"), "a0", "Character", "{\"charset\": \"UTF-8\", \"value\": \"a0\"}"),
                value(base(3220, "pg_lsn"), "0/1", "Character", "{\"charset\": \"UTF-8\", \"value\": \"0/1\"}"),
                value(
                        base(Oids.INTERVAL, "interval"),
                        "1 mon",
                        "Character",
                        "{\"charset\": \"UTF-8\", \"value\": \"1 mon\"}"),
                value(
                        base(Oids.DATE, "date"),
                        "2024-02-03",
                        "DateTime",
                        time("2024", "2", "3", "null", "null", "null", "null")),
                value(
                        base(Oids.DATE, "date"),
                        "infinity",
                        "Character",
                        "{\"charset\": \"UTF-8\", \"value\": \"infinity\"}"),
                value(
                        base(Oids.DATE, "date"),
                        "0044-03-15 BC",
                        "Character",
                        "{\"charset\": \"UTF-8\", \"value\": \"0044-03-15 BC\"}"),
                value(
                        base(Oids.TIME, "time"),
                        "04:05:06.7",
                        "DateTime",
                        time("null", "null", "null", "4", "5", "6", "700000")),
                value(
                        base(Oids.TIME, "time"),
                        "24:00:00",
                        "DateTime",
                        time("null", "null", "null", "24", "0", "0", "0")),
                value(
                        base(Oids.TIMETZ, "timetz"),
                        "04:05:06+02",
                        "TimestampWithTimeZone",
                        zoned(time("null", "null", "null", "4", "5", "6", "0"), "+02:00")),
                value(
                        base(Oids.TIMETZ, "timetz"),
                        "24:00:00-12:30",
                        "TimestampWithTimeZone",
                        zoned(time("null", "null", "null", "24", "0", "0", "0"), "-12:30")),
                value(
                        base(Oids.TIMESTAMP, "timestamp"),
                        "21016-11-04 13:51:30.000001",
                        "DateTime",
                        time("21016", "11", "4", "13", "51", "30", "1")),
                value(
                        base(Oids.TIMESTAMPTZ, "timestamptz"),
                        "2016-11-04 11:51:30.12+00",
                        "TimestampWithTimeZone",
                        zoned(time("2016", "11", "4", "11", "51", "30", "120000"), "+00:00")),
                value(
                        base(Oids.TIMESTAMPTZ, "timestamptz"),
                        "0044-03-15 12:00:00+00 BC",
                        "Character",
                        "{\"charset\": \"UTF-8\", \"value\": \"0044-03-15 12:00:00+00 BC\"}"),
                value(
                        Shapes.bytea(),
                        "\\x0001ff",
                        "BinaryObject",
                        "{\"type\": \"BYTEA\", \"value\": \"\\u0000\\u0001ÿ\"}"),
                value(
                        base(Oids.BIT, "bit", "bit", 3),
                        "011",
                        "BinaryObject",
                        "{\"type\": \"BINARY\", \"value\": \"011\"}"),
                value(base(Oids.JSON, "json"), "[1]", "TextObject", "{\"type\": \"JSON\", \"value\": \"[1]\"}"),
                value(base(Oids.JSONB, "jsonb"), "[1]", "TextObject", "{\"type\": \"JSONB\", \"value\": \"[1]\"}"),
                value(base(Oids.XML, "xml"), "<a/>", "TextObject", "{\"type\": \"XML\", \"value\": \"<a/>\"}"),
                value(base(Oids.POINT, "point"), "(1,2)", "TextObject", "{\"type\": \"XTYPE\", \"value\": \"(1,2)\"}"),
                value(
                        base(Oids.CIRCLE, "circle"),
                        "<(1,2),3>",
                        "TextObject",
                        "{\"type\": \"XTYPE\", \"value\": \"<(1,2),3>\"}"),
                value(
                        kind("mood", DataType.Kind.ENUM),
                        "sad",
                        "TextObject",
                        "{\"type\": \"ENUM\", \"value\": \"sad\"}"),
                value(array(Shapes.int4()), "{1,2}", "TextObject", "{\"type\": \"XTYPE\", \"value\": \"{1,2}\"}"),
                value(
                        base(99_001, "hstore"),
                        "\"a\"=>NULL",
                        "TextObject",
                        "{\"type\": \"XTYPE\", \"value\": \"\\\"a\\\"=>NULL\"}"),
                value(domain(domain(Shapes.int4())), "7", "Integer", "{\"precision\": 0, \"value\": \"7\"}"));
    }

    private static Arguments value(DataType type, String text, String kind, String read) {
        return arguments(type, text, kind, read);
    }

    private static String time(String... parts) {
        return String.format(
                "{\"year\": %s, \"month\": %s, \"day\": %s, \"hour\": %s, \"minute\": %s, \"second\": %s, \"millis\": %s}",
                (Object[]) parts);
    }

    private static String zoned(String time, String zone) {
        return "{\"value\": " + time + ", \"timezone\": \"" + zone + "\"}";
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesEveryTypeAsTheKindThatFits(DataType type, String text, String kind, String read) {
        Table table = Shapes.table(List.of(), column("v", type));
        GenericRecord record = only(table, new Change.Insert(table, ORIGIN, row(text)));
        GenericRecord image = (GenericRecord) images(record, "afterImages").getFirst();
        assertThat(image.getSchema().getName()).isEqualTo(kind);
        assertThat(image).hasToString(read);
    }

    @Test
    void tellsTheOidOfADomainsBase() {
        Table table = Shapes.table(List.of(), column("v", domain(domain(Shapes.int4()))));
        assertThat(only(table, new Change.Insert(table, ORIGIN, row("7"))).get("fields"))
                .hasToString("[{\"name\": \"v\", \"dataTypeNumber\": 23}]");
    }

    @Test
    void updatesWithWhatIsKnownOfTheRowBefore() {
        GenericRecord whole = only(ITEM, new Change.Update(ITEM, ORIGIN, row("5", "old"), row("5", UNCHANGED)));
        assertThat(whole.get("operation")).hasToString("UPDATE");
        assertThat(images(whole, "beforeImages")).isEqualTo(images(whole, "afterImages"));

        encode(ITEM, new Change.Update(ITEM, ORIGIN, null, row("5", UNCHANGED)), true);
        GenericRecord blind = read(0);
        assertThat(images(blind, "beforeImages").get(0)).hasToString("{\"precision\": 0, \"value\": \"5\"}");
        assertThat(images(blind, "beforeImages").get(1)).hasToString("NONE");
        assertThat(images(blind, "afterImages").get(1)).hasToString("NONE");
        assertThat(utf8(records.get(0).unavailable())).isEqualTo("label");
    }

    @Test
    void deletesWithTheKeyWhereThatIsAllThatIsKnown() {
        GenericRecord record = only(ITEM, new Change.Delete(ITEM, ORIGIN, keyRow("5", null)));
        assertThat(record.get("operation")).hasToString("DELETE");
        assertThat(images(record, "beforeImages").get(1)).hasToString("NONE");
        assertThat(record.get("afterImages")).isNull();
    }

    @Test
    void splitsAChangedKeyOnlyWherePartitionsGoByKey() {
        Change change = new Change.Update(ITEM, ORIGIN, keyRow("5", null), row("6", "tea"));
        encode(ITEM, change, true);
        assertThat(records.count()).isEqualTo(2);
        assertThat(read(0).get("operation")).hasToString("DELETE");
        assertThat(read(1).get("operation")).hasToString("INSERT");
        assertThat(utf8(records.get(1).key())).isEqualTo("{\"id\":\"6\"}");
        encode(ITEM, change, false);
        assertThat(records.count()).isEqualTo(1);
        assertThat(read(0).get("operation")).hasToString("UPDATE");
        assertThat(utf8(records.get(0).key())).isEqualTo("{\"id\":\"5\"}");
    }

    @Test
    void tellsATruncateAsAStatement() {
        GenericRecord record = only(ITEM, new Change.Truncate(ITEM, ORIGIN));
        assertThat(record.get("operation")).hasToString("DDL");
        assertThat(record.get("afterImages")).hasToString("TRUNCATE TABLE \"public\".\"item\"");
        assertThat(record.get("fields")).isNull();
    }

    @Test
    void putsTheIdOfItsSchemaInFrontWhereTheTaskWantsARegistry() {
        AvroReading reading = new AvroReading(FormatKind.DTS_AVRO, ITEM, "schema.registry", "true");
        EncodedRecord record =
                reading.encode(new Change.Insert(ITEM, ORIGIN, row("5", "tea"))).get(0);
        assertThat(reading.subjects()).containsExactly("shop-value");
        assertThat(reading.valueSchema()).isEqualTo(DtsSchema.schema());
        assertThat(ByteBuffer.wrap(record.value(), 1, 4).getInt()).isEqualTo(70_000);
        assertThat(reading.read(record.value()).get("operation")).hasToString("INSERT");
    }

    private GenericRecord only(Table table, Change change) {
        encode(table, change, true);
        assertThat(records.count()).isEqualTo(1);
        return read(0);
    }

    private void encode(Table table, Change change, boolean splits) {
        RecordEncoders.compile(
                        Shapes.spec(FormatKind.DTS_AVRO, table, UnavailableValues.PLACEHOLDER, splits, List.of()))
                .encode(change, records);
    }

    private GenericRecord read(int index) {
        return AvroReading.read(DtsSchema.schema(), records.get(index).value(), 0);
    }

    private static List<?> images(GenericRecord record, String field) {
        return (List<?>) record.get(field);
    }

    private static EncoderSpec spec(Table table, long before, Map<String, String> options) {
        return new EncoderSpec(
                table,
                "shop",
                "leat",
                "1",
                new FormatSettings(FormatKind.DTS_AVRO, options),
                UnavailableValues.PLACEHOLDER,
                true,
                List.of(),
                new AtomicLong(before),
                Clock.systemUTC(),
                "shop",
                "12.12",
                Shapes.SCHEMAS);
    }
}
