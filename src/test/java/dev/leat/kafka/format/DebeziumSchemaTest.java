package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.ORIGIN;
import static dev.leat.kafka.format.Shapes.UNCHANGED;
import static dev.leat.kafka.format.Shapes.array;
import static dev.leat.kafka.format.Shapes.base;
import static dev.leat.kafka.format.Shapes.column;
import static dev.leat.kafka.format.Shapes.keyRow;
import static dev.leat.kafka.format.Shapes.numeric;
import static dev.leat.kafka.format.Shapes.required;
import static dev.leat.kafka.format.Shapes.row;
import static dev.leat.kafka.format.Shapes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.leat.change.Change;
import dev.leat.change.DataType;
import dev.leat.change.DataType.Kind;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.FormatKind;
import dev.leat.settings.UnavailableValues;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DebeziumSchemaTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final String[] ENABLED = {"schemas.enable", "true"};
    private static final Table ITEM =
            Shapes.table(List.of(0), required("id", Shapes.int4()), column("label", Shapes.text()));

    private static final String STRING = "{\"type\":\"string\",\"optional\":%s,\"field\":\"%s\"}";
    private static final String INT64 = "{\"type\":\"int64\",\"optional\":%s,\"field\":\"%s\"}";
    private static final String COLUMNS = "{\"type\":\"struct\",\"fields\":["
            + "{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"},"
            + "{\"type\":\"string\",\"optional\":true,\"field\":\"label\"}],"
            + "\"optional\":true,\"name\":\"leat.public.item.Value\",\"field\":\"%s\"}";
    private static final String SOURCE = "{\"type\":\"struct\",\"fields\":["
            + String.join(
                    ",",
                    STRING.formatted(false, "version"),
                    STRING.formatted(false, "connector"),
                    STRING.formatted(false, "name"),
                    INT64.formatted(false, "ts_ms"),
                    "{\"type\":\"string\",\"optional\":true,\"name\":\"io.debezium.data.Enum\",\"version\":1,"
                            + "\"parameters\":{\"allowed\":\"true,first,first_in_data_collection,"
                            + "last_in_data_collection,last,false,incremental\"},\"default\":\"false\","
                            + "\"field\":\"snapshot\"}",
                    STRING.formatted(false, "db"),
                    STRING.formatted(true, "sequence"),
                    INT64.formatted(true, "ts_us"),
                    INT64.formatted(true, "ts_ns"),
                    STRING.formatted(false, "schema"),
                    STRING.formatted(false, "table"),
                    INT64.formatted(true, "txId"),
                    INT64.formatted(true, "lsn"),
                    INT64.formatted(true, "xmin"),
                    STRING.formatted(true, "origin"),
                    INT64.formatted(true, "origin_lsn"))
            + "],\"optional\":false,\"name\":\"io.debezium.connector.postgresql.Source\",\"version\":1,"
            + "\"field\":\"source\"}";

    private final EncodedRecords records = new EncodedRecords();

    @Test
    void wrapsKeyAndValueTogetherWithTheirSchemas() {
        encode(ITEM, new Change.Insert(ITEM, ORIGIN, row("1", "tea")));

        assertThat(utf8(records.get(0).key()))
                .isEqualTo("{\"schema\":{\"type\":\"struct\",\"fields\":["
                        + "{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"}],\"optional\":false,"
                        + "\"name\":\"leat.public.item.Key\"},\"payload\":{\"id\":1}}");
        assertThat(utf8(records.get(0).value()))
                .startsWith("{\"schema\":{\"type\":\"struct\",\"fields\":["
                        + String.join(
                                ",",
                                COLUMNS.formatted("before"),
                                COLUMNS.formatted("after"),
                                SOURCE,
                                "{\"type\":\"struct\",\"fields\":["
                                        + STRING.formatted(false, "id")
                                        + "," + INT64.formatted(false, "total_order")
                                        + "," + INT64.formatted(false, "data_collection_order")
                                        + "],\"optional\":true,\"name\":\"event.block\",\"version\":1,"
                                        + "\"field\":\"transaction\"}",
                                STRING.formatted(false, "op"),
                                INT64.formatted(true, "ts_ms"),
                                INT64.formatted(true, "ts_us"),
                                INT64.formatted(true, "ts_ns"))
                        + "],\"optional\":false,\"name\":\"leat.public.item.Envelope\",\"version\":2},"
                        + "\"payload\":{\"before\":null,\"after\":{\"id\":1,\"label\":\"tea\"},\"source\":{")
                .endsWith("}}");
        assertThat(JACKSON.readTree(utf8(records.get(0).value()))
                        .get("payload")
                        .get("op")
                        .asString())
                .isEqualTo("c");
    }

    @Test
    void leavesTombstonesWithoutSchema() {
        encode(ITEM, new Change.Delete(ITEM, ORIGIN, row("1", "tea")));

        assertThat(records.get(1).value()).isNull();
    }

    static Stream<Arguments> types() {
        String version = "\"version\":1";
        return Stream.of(
                arguments(base(Oids.INT2, "int2"), "\"type\":\"int16\""),
                arguments(base(Oids.OID, "oid"), "\"type\":\"int64\""),
                arguments(base(Oids.FLOAT4, "float4"), "\"type\":\"float\""),
                arguments(base(Oids.FLOAT8, "float8"), "\"type\":\"double\""),
                arguments(base(Oids.BOOL, "bool"), "\"type\":\"boolean\""),
                arguments(
                        numeric(10, 2),
                        "\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\"," + version
                                + ",\"parameters\":{\"scale\":\"2\",\"connect.decimal.precision\":\"10\"}"),
                arguments(
                        base(Oids.MONEY, "money"),
                        "\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\"," + version
                                + ",\"parameters\":{\"scale\":\"2\"}"),
                arguments(
                        numeric(),
                        "\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"scale\"},"
                                + "{\"type\":\"bytes\",\"optional\":false,\"field\":\"value\"}],"
                                + "\"name\":\"io.debezium.data.VariableScaleDecimal\"," + version
                                + ",\"doc\":\"Variable scaled decimal\""),
                arguments(base(Oids.DATE, "date"), named("int32", "time.Date")),
                arguments(base(Oids.TIME, "time"), named("int64", "time.MicroTime")),
                arguments(base(Oids.TIME, "time", "time", 3), named("int32", "time.Time")),
                arguments(base(Oids.TIMESTAMP, "timestamp"), named("int64", "time.MicroTimestamp")),
                arguments(base(Oids.TIMESTAMP, "timestamp", "timestamp", 0), named("int64", "time.Timestamp")),
                arguments(base(Oids.TIMESTAMPTZ, "timestamptz"), named("string", "time.ZonedTimestamp")),
                arguments(base(Oids.TIMETZ, "timetz"), named("string", "time.ZonedTime")),
                arguments(base(Oids.INTERVAL, "interval"), named("int64", "time.MicroDuration")),
                arguments(base(Oids.UUID, "uuid"), named("string", "data.Uuid")),
                arguments(base(Oids.JSONB, "jsonb"), named("string", "data.Json")),
                arguments(base(99_001, "hstore"), named("string", "data.Json")),
                arguments(base(99_003, "ltree"), named("string", "data.Ltree")),
                arguments(
                        base(Oids.BIT, "bit", "bit", 2),
                        named("bytes", "data.Bits") + ",\"parameters\":{\"length\":\"2\"}"),
                arguments(
                        base(Oids.VARBIT, "varbit"),
                        named("bytes", "data.Bits") + ",\"parameters\":{\"length\":\"2147483647\"}"),
                arguments(Shapes.kind("mood", Kind.ENUM), named("string", "data.Enum")),
                arguments(array(Shapes.int4()), "\"type\":\"array\",\"items\":{\"type\":\"int32\",\"optional\":true}"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void describesATypeAsDebeziumDoes(DataType type, String expected) {
        EncoderSpec spec = Shapes.spec(FormatKind.DEBEZIUM_JSON, Shapes.table(List.of()));
        ConnectType connect =
                DebeziumType.of(type, DebeziumOptions.of(spec), true).connect();

        assertThat(connect.head() + connect.tail()).isEqualTo(expected);
    }

    @Test
    void putsNeutralValuesWhereTheSchemaAllowsNoNull() {
        Table table = Shapes.table(
                List.of(0),
                required("id", Shapes.int4()),
                required("label", Shapes.text()),
                required("n", numeric()),
                column("note", Shapes.text()));
        encode(table, new Change.Delete(table, ORIGIN, keyRow("1", null, null, null)));
        assertThat(payload().get("before").toString())
                .isEqualTo("{\"id\":1,\"label\":\"\",\"n\":{\"scale\":0,\"value\":\"AA==\"},\"note\":null}");

        RecordEncoders.compile(
                        Shapes.spec(FormatKind.DEBEZIUM_JSON, table, UnavailableValues.OMIT, true, List.of(), ENABLED))
                .encode(new Change.Update(table, ORIGIN, null, row("1", UNCHANGED, UNCHANGED, UNCHANGED)), records);
        assertThat(payload().get("after").toString())
                .isEqualTo("{\"id\":1,\"label\":\"\",\"n\":{\"scale\":0,\"value\":\"AA==\"}}");
    }

    /** Connect's converter refuses a record with null in a required field. */
    @Test
    void aNullInAColumnThatNoLongerRefusesItIsInAnOptionalField() {
        Table table = Shapes.table(
                List.of(0), required("id", Shapes.int4()), required("a", Shapes.text()), required("b", Shapes.text()));
        encode(table, new Change.Insert(table, ORIGIN, row("1", null, "x")));
        JsonNode after = JACKSON.readTree(utf8(records.get(0).value()))
                .get("schema")
                .get("fields")
                .get(1);
        assertThat(after.get("fields").get(1).get("optional").asBoolean()).isTrue();
        assertThat(after.get("fields").get(2).get("optional").asBoolean()).isFalse();
        assertThat(payload().get("after").toString()).isEqualTo("{\"id\":1,\"a\":null,\"b\":\"x\"}");
    }

    @Test
    void refusesWhatItsSchemaCannotHold() {
        Table table = Shapes.table(List.of(), required("n", numeric()), column("a", array(Shapes.int4())));

        for (String[] values : new String[][] {{"NaN", null}, {"1", "{{1}}"}}) {
            assertThatExceptionOfType(SyncException.class)
                    .isThrownBy(() -> encode(table, new Change.Insert(table, ORIGIN, row(values))))
                    .withMessageContaining("has no place in the record's schema")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.SETTINGS));
        }
    }

    private static String named(String type, String name) {
        return "\"type\":\"" + type + "\",\"name\":\"io.debezium." + name + "\",\"version\":1";
    }

    private void encode(Table table, Change change) {
        RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, table, ENABLED))
                .encode(change, records);
    }

    private JsonNode payload() {
        return JACKSON.readTree(utf8(records.get(0).value())).get("payload");
    }
}
