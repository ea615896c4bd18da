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

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.FormatKind;
import dev.leat.settings.UnavailableValues;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroEncoderTest {

    private static final Table ITEM = Shapes.table(
            List.of(0), required("id", Shapes.int4()), column("label", Shapes.text()), column("blob", Shapes.bytea()));

    private final AvroReading avro = new AvroReading(FormatKind.AVRO, ITEM);

    @Test
    void registersTheSchemasThatConfluentsConverterMakesOfDebeziums() {
        assertThat(avro.subjects()).containsExactly("shop-key", "shop-value");
        assertThat(avro.keySchema()).hasToString("""
                {"type":"record","name":"Key","namespace":"leat.public.item","fields":[{"name":"id","type":"int"}],\
                "connect.name":"leat.public.item.Key"}""");
        assertThat(avro.valueSchema().toString()).startsWith("""
                {"type":"record","name":"Envelope","namespace":"leat.public.item","fields":[\
                {"name":"before","type":["null",{"type":"record","name":"Value","fields":[\
                {"name":"id","type":"int"},\
                {"name":"label","type":["null","string"],"default":null},\
                {"name":"blob","type":["null","bytes"],"default":null}],\
                "connect.name":"leat.public.item.Value"}],"default":null},\
                {"name":"after","type":["null","Value"],"default":null},\
                {"name":"source","type":{"type":"record","name":"Source","namespace":"io.debezium.connector.postgresql",\
                "fields":[{"name":"version","type":"string"},{"name":"connector","type":"string"},\
                {"name":"name","type":"string"},{"name":"ts_ms","type":"long"},\
                {"name":"snapshot","type":[{"type":"string","connect.version":1,"connect.parameters":{"allowed":""");
        assertThat(avro.valueSchema().toString()).endsWith("""
                "connect.version":2,"connect.name":"leat.public.item.Envelope"}""");
    }

    @Test
    void givesEveryTypeTheNamesThatConnectKnowsItBy() {
        Table table = Shapes.table(
                List.of(),
                column("small", base(Oids.INT2, "int2")),
                column("price", numeric(10, 2)),
                column("odd", numeric(3, 5)),
                column("any", numeric()),
                column("day", base(Oids.DATE, "date")),
                column("list", array(numeric(4, 1))));
        AvroReading reading = new AvroReading(FormatKind.AVRO, table, "time.precision.mode", "connect");
        assertThat(reading.subjects()).containsExactly("shop-value");
        Schema row =
                AvroSchemas.withoutNull(reading.valueSchema().getField("after").schema());
        assertThat(plain(row, "small")).hasToString("{\"type\":\"int\",\"connect.type\":\"int16\"}");
        assertThat(plain(row, "price").getLogicalType()).isEqualTo(LogicalTypes.decimal(10, 2));
        assertThat(plain(row, "price").getObjectProp("connect.parameters"))
                .isEqualTo(Map.of("scale", "2", "connect.decimal.precision", "10"));
        assertThat(plain(row, "odd").getLogicalType())
                .as("Avro has no scale beyond the precision")
                .isNull();
        assertThat(plain(row, "any").getFullName()).isEqualTo("io.debezium.data.VariableScaleDecimal");
        assertThat(plain(row, "day").getLogicalType()).isEqualTo(LogicalTypes.date());
        assertThat(AvroSchemas.withoutNull(plain(row, "list").getElementType()).getLogicalType())
                .isEqualTo(LogicalTypes.decimal(4, 1));
    }

    private static Schema plain(Schema row, String field) {
        return AvroSchemas.withoutNull(row.getField(field).schema());
    }

    @Test
    void beginsWithAZeroAndTheIdOfTheSchema() {
        EncodedRecord record = avro.encode(new Change.Insert(ITEM, ORIGIN, row("5", "tea", "\\x01")))
                .get(0);
        assertThat(record.key()).containsExactly(0, 0, 1, 0x11, 0x70, 10);
        assertThat(ByteBuffer.wrap(record.value()).getInt(1)).isEqualTo(70_001);
        assertThat(record.partitionBytes()).isEqualTo(record.key());
    }

    @Test
    void tellsReadsFromInserts() {
        GenericRecord read = value(new Change.Read(ITEM, ORIGIN, row("5", "tea", null)), 0);
        GenericRecord insert = value(new Change.Insert(ITEM, ORIGIN, row("5", "tea", null)), 0);
        assertThat(read.get("op")).hasToString("r");
        assertThat(source(read).get("snapshot")).hasToString("true");
        assertThat(insert.get("op")).hasToString("c");
        assertThat(source(insert).get("snapshot")).hasToString("false");
        assertThat(source(insert).get("sequence")).hasToString("[\"3800\",\"3900\"]");
        assertThat(source(insert).get("txId")).isEqualTo(791L);
        assertThat(source(insert).get("lsn")).isEqualTo(3900L);
        assertThat(insert.get("transaction")).isNull();
    }

    @Test
    void updatesWithAndWithoutTheRowBefore() {
        GenericRecord blind = value(new Change.Update(ITEM, ORIGIN, null, row("5", "tea", null)), 0);
        assertThat(blind.get("before")).isNull();
        assertThat(blind.get("op")).hasToString("u");

        GenericRecord seen =
                value(new Change.Update(ITEM, ORIGIN, row("5", "old", "\\x02"), row("5", "tea", UNCHANGED)), 0);
        assertThat(AvroReading.plain(seen.get("before"))).isEqualTo(AvroReading.plain(fields("5", "old", "\\x02")));
        assertThat(AvroReading.plain(seen.get("after")))
                .as("what did not change is taken from the row before")
                .isEqualTo(AvroReading.plain(fields("5", "tea", "\\x02")));
    }

    private Object fields(String... values) {
        return value(new Change.Insert(ITEM, ORIGIN, row(values)), 0).get("after");
    }

    @Test
    void aNullInAColumnThatNoLongerRefusesItIsNoZero() {
        Table strict = Shapes.table(
                List.of(0), required("id", Shapes.int4()), required("n", Shapes.int4()), required("s", Shapes.text()));
        AvroReading reading = new AvroReading(FormatKind.AVRO, strict);
        EncodedRecord first = inserted(reading, strict, "2");
        EncodedRecord dropped = inserted(reading, strict, null);
        EncodedRecord later = inserted(reading, strict, "0");
        assertThat(n(reading, first)).isEqualTo(2);
        assertThat(n(reading, dropped)).isNull();
        assertThat(dropped.unavailable()).isNull();
        assertThat(n(reading, later)).isEqualTo(0);
        assertThat(later.key()).isEqualTo(first.key());
        Schema row = AvroSchemas.withoutNull(
                reading.read(dropped.value()).getSchema().getField("after").schema());
        assertThat(row.getField("n").schema().isNullable()).isTrue();
        assertThat(row.getField("s").schema().isNullable())
                .as("a column that held no null stays as it was")
                .isFalse();
    }

    private static EncodedRecord inserted(AvroReading reading, Table table, String n) {
        return reading.encode(new Change.Insert(table, ORIGIN, row("1", n, "a")))
                .get(0);
    }

    private static Object n(AvroReading reading, EncodedRecord record) {
        return ((GenericRecord) reading.read(record.value()).get("after")).get("n");
    }

    @Test
    void deletesWithATombstone() {
        EncodedRecords records = avro.encode(new Change.Delete(ITEM, ORIGIN, keyRow("5", null, null)));
        assertThat(records.count()).isEqualTo(2);
        assertThat(records.get(1).key()).isEqualTo(records.get(0).key());
        assertThat(records.get(1).value()).isNull();
        GenericRecord gone = avro.read(records.get(0).value());
        assertThat(gone.get("op")).hasToString("d");
        assertThat(gone.get("after")).isNull();
        assertThat(((GenericRecord) gone.get("before")).get("id")).isEqualTo(5);
        assertThat(((GenericRecord) gone.get("before")).get("label")).isNull();

        AvroReading without = new AvroReading(FormatKind.AVRO, ITEM, "tombstones.on.delete", "false");
        assertThat(without.encode(new Change.Delete(ITEM, ORIGIN, keyRow("5", null, null)))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void makesAChangedKeyADeleteAndAnInsertThatNameEachOther() {
        Change change = new Change.Update(ITEM, ORIGIN, keyRow("5", null, null), row("6", "tea", null));
        EncodedRecords records = avro.encode(change);
        assertThat(records.count()).isEqualTo(3);
        EncodedRecord delete = records.get(0);
        EncodedRecord insert = records.get(2);
        assertThat(avro.read(delete.value()).get("op")).hasToString("d");
        assertThat(delete.headerName()).isEqualTo("__debezium.newkey");
        assertThat(delete.headerValue()).isEqualTo(insert.key());
        assertThat(records.get(1).value()).isNull();
        assertThat(avro.read(insert.value()).get("op")).hasToString("c");
        assertThat(avro.read(insert.value()).get("before")).isNull();
        assertThat(insert.headerName()).isEqualTo("__debezium.oldkey");
        assertThat(insert.headerValue()).isEqualTo(delete.key());
    }

    @Test
    void tellsATruncate() {
        EncodedRecord record = avro.encode(new Change.Truncate(ITEM, ORIGIN)).get(0);
        assertThat(record.key()).isNull();
        assertThat(avro.read(record.value()).get("op")).hasToString("t");
    }

    @Test
    void putsThePlaceholderWhereALargeValueDidNotChange() {
        EncodedRecord record = avro.encode(new Change.Update(ITEM, ORIGIN, null, row("5", UNCHANGED, UNCHANGED)))
                .get(0);
        GenericRecord after = (GenericRecord) avro.read(record.value()).get("after");
        assertThat(after.get("label")).hasToString("__debezium_unavailable_value");
        assertThat(after.get("blob")).isEqualTo(ByteBuffer.wrap(ColumnJson.utf8("__debezium_unavailable_value")));
        assertThat(utf8(record.unavailable())).isEqualTo("label,blob");
    }

    @Test
    void leavesALargeValueOutAsNullIfTheTaskSaysSo() {
        AvroReading omitting = new AvroReading(FormatKind.AVRO, ITEM, UnavailableValues.OMIT, true, List.of());
        EncodedRecord record = omitting.encode(new Change.Update(ITEM, ORIGIN, null, row("5", UNCHANGED, "\\x01")))
                .get(0);
        assertThat(((GenericRecord) omitting.read(record.value()).get("after")).get("label"))
                .isNull();
        assertThat(utf8(record.unavailable())).isEqualTo("label");
    }

    @Test
    void putsTheTypesZeroWhereADeleteKnowsTheKeyOnly() {
        Table table = Shapes.table(List.of(0), required("id", Shapes.int4()), required("label", Shapes.text()));
        AvroReading reading = new AvroReading(FormatKind.AVRO, table);
        EncodedRecord delete = reading.encode(new Change.Delete(table, ORIGIN, keyRow("5", null)))
                .get(0);
        assertThat(((GenericRecord) reading.read(delete.value()).get("before")).get("label"))
                .hasToString("");
        assertThat(delete.unavailable()).isNull();
    }

    @Test
    void writesNaNAsNullWhereThatMayBeAndElseSaysWhatToDo() {
        Table table = Shapes.table(List.of(), column("v", numeric(5, 2)));
        AvroReading reading = new AvroReading(FormatKind.AVRO, table);
        GenericRecord read = reading.read(reading.encode(new Change.Insert(table, ORIGIN, row("NaN")))
                .get(0)
                .value());
        assertThat(((GenericRecord) read.get("after")).get("v")).isNull();

        Table strict = Shapes.table(List.of(), required("v", numeric(5, 2)));
        AvroReading refusing = new AvroReading(FormatKind.AVRO, strict);
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> refusing.encode(new Change.Insert(strict, ORIGIN, row("NaN"))))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.SETTINGS);
                    assertThat(failure).hasMessageContaining("column v").hasMessageNotContaining("NaN");
                    assertThat(failure.remedy()).contains("decimal.handling.mode=string");
                });
    }

    @Test
    void nestsArraysIfTheTaskSaysSoAndElseSaysWhatToDo() {
        Table table = Shapes.table(List.of(), column("v", array(Shapes.int4())));
        Change change = new Change.Insert(table, ORIGIN, row("{{1,NULL},{3,4}}"));
        AvroReading nested = new AvroReading(FormatKind.AVRO, table, "array.nesting", "nested");
        GenericRecord read = nested.read(nested.encode(change).get(0).value());
        assertThat(((GenericRecord) read.get("after")).get("v")).hasToString("[[1, null], [3, 4]]");
        String deepest = "{{{{{{7,NULL}}}}}}";
        GenericRecord six = nested.read(nested.encode(new Change.Insert(table, ORIGIN, row(deepest)))
                .get(0)
                .value());
        assertThat(((GenericRecord) six.get("after")).get("v")).hasToString("[[[[[[7, null]]]]]]");

        AvroReading flat = new AvroReading(FormatKind.AVRO, table);
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> flat.encode(change))
                .satisfies(failure -> assertThat(failure.remedy()).contains("array.nesting=nested"));
        GenericRecord again = flat.read(
                flat.encode(new Change.Insert(table, ORIGIN, row("{1}"))).get(0).value());
        assertThat(((GenericRecord) again.get("after")).get("v"))
                .as("the failure left nothing")
                .hasToString("[1]");
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy,shop-key,shop-value",
        "RecordNameStrategy,leat.public.item.Key,leat.public.item.Envelope",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy,shop-leat.public.item.Key,shop-leat.public.item.Envelope"
    })
    void registersUnderTheSubjectThatTheStrategyGives(String strategy, String key, String value) {
        AvroReading reading = new AvroReading(
                FormatKind.AVRO, ITEM, "key.subject.name.strategy", strategy, "value.subject.name.strategy", strategy);
        assertThat(reading.subjects()).containsExactly(key, value);
    }

    @Test
    void refusesAStrategyThatNobodyKnows() {
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> new AvroReading(FormatKind.AVRO, ITEM, "value.subject.name.strategy", "Mine"))
                .withMessageContaining("value.subject.name.strategy")
                .withMessageContaining("RecordNameStrategy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "größe", "a.b", "1st", "_u0041", "_", "__x", "🦆", "a\"b", "x y", "_u00_u0041", ""})
    void mapsNamesSoThatTheyCanBeMappedBack(String name) {
        String legal = AvroName.of(name);
        assertThat(legal).matches("[A-Za-z_][A-Za-z0-9_]*");
        assertThat(original(legal)).isEqualTo(name);
        if (name.matches("[A-Za-z_][A-Za-z0-9_]*") && !name.contains("_u00")) {
            assertThat(legal).isEqualTo(name);
        }
    }

    /** The rule backwards, as the documentation gives it. */
    private static String original(String legal) {
        Matcher group = Pattern.compile("_u([0-9a-f]{4})").matcher(legal);
        return group.replaceAll(match ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 16))))
                .replace("\0", "");
    }

    @Test
    void keepsNamesThatAvroRefusesAsProperties() {
        Table odd = new Table(
                1, new TableId("my.schema", "1 table"), List.of(column("größe", Shapes.int4())), List.of(), false);
        AvroReading reading = new AvroReading(FormatKind.AVRO, odd, "topic.prefix", "eu-west.shop");
        assertThat(reading.valueSchema().getFullName())
                .isEqualTo("eu_u002dwest.shop.my_u002eschema._u0031_u0020table.Envelope");
        assertThat(reading.valueSchema().getProp("connect.name")).isEqualTo("eu-west.shop.my.schema.1 table.Envelope");
        Schema row =
                AvroSchemas.withoutNull(reading.valueSchema().getField("after").schema());
        assertThat(row.getField("gr_u00f6_u00dfe").getProp("leat.name")).isEqualTo("größe");
    }

    @Test
    void choosesThePartitionByTheColumnsOfTheTask() {
        AvroReading reading =
                new AvroReading(FormatKind.AVRO, ITEM, UnavailableValues.PLACEHOLDER, true, List.of(1, 0));
        byte[] first = reading.encode(new Change.Insert(ITEM, ORIGIN, row("5", "tea", null)))
                .get(0)
                .partitionBytes();
        byte[] second = reading.encode(new Change.Insert(ITEM, ORIGIN, row("5", "tea", "\\x01")))
                .get(0)
                .partitionBytes();
        assertThat(first).isEqualTo(second).isEqualTo(new byte[] {2, 6, 't', 'e', 'a', 10});
    }

    @Test
    void writesATableWithoutColumnsAndOneWithVeryMany() {
        Table none = Shapes.table(List.of());
        AvroReading empty = new AvroReading(FormatKind.AVRO, none);
        GenericRecord read = empty.read(
                empty.encode(new Change.Insert(none, ORIGIN, row())).get(0).value());
        assertThat(read.get("after")).hasToString("{}");

        Table wide = Shapes.table(
                List.of(),
                IntStream.range(0, 1600)
                        .mapToObj(i -> column("c" + i, Shapes.int4()))
                        .toArray(Column[]::new));
        AvroReading many = new AvroReading(FormatKind.AVRO, wide);
        String[] values = IntStream.range(0, 1600).mapToObj(Integer::toString).toArray(String[]::new);
        GenericRecord row = (GenericRecord) many.read(many.encode(new Change.Insert(wide, ORIGIN, row(values)))
                        .get(0)
                        .value())
                .get("after");
        assertThat(row.get("c1599")).isEqualTo(1599);
    }

    private GenericRecord value(Change change, int index) {
        return avro.read(avro.encode(change).get(index).value());
    }

    private static GenericRecord source(GenericRecord envelope) {
        return (GenericRecord) envelope.get("source");
    }
}
