package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.ORIGIN;
import static dev.leat.kafka.format.Shapes.UNCHANGED;
import static dev.leat.kafka.format.Shapes.array;
import static dev.leat.kafka.format.Shapes.column;
import static dev.leat.kafka.format.Shapes.keyRow;
import static dev.leat.kafka.format.Shapes.required;
import static dev.leat.kafka.format.Shapes.row;
import static dev.leat.kafka.format.Shapes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.FormatKind;
import dev.leat.settings.UnavailableValues;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DebeziumJsonEncoderTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final Table ITEM =
            Shapes.table(List.of(0), required("id", Shapes.int4()), column("label", Shapes.text()));
    private static final Table WIDE = Shapes.table(
            List.of(0),
            required("id", Shapes.int4()),
            column("t", Shapes.text()),
            column("b", Shapes.bytea()),
            column("texts", array(Shapes.text())),
            column("ints", array(Shapes.int4())),
            column("n", Shapes.numeric()),
            column("h", Shapes.base(99_001, "hstore")));

    private static final String SOURCE = "{\"version\":\"1.2.3\",\"connector\":\"postgresql\",\"name\":\"leat\","
            + "\"ts_ms\":1700000000123,\"snapshot\":\"%s\",\"db\":\"shop\","
            + "\"sequence\":\"[\\\"3800\\\",\\\"3900\\\"]\",\"ts_us\":1700000000123456,"
            + "\"ts_ns\":1700000000123456000,\"schema\":\"public\",\"table\":\"item\",\"txId\":791,\"lsn\":3900,"
            + "\"xmin\":null,\"origin\":null,\"origin_lsn\":null}";
    private static final String END = ",\"source\":" + SOURCE + ",\"transaction\":null,\"op\":\"%s\","
            + "\"ts_ms\":1793793091987,\"ts_us\":1793793091987654,\"ts_ns\":1793793091987654321}";

    private final EncodedRecords records = new EncodedRecords();

    @Test
    void writesAnInsertAsDebeziumDoes() {
        encode(ITEM, new Change.Insert(ITEM, ORIGIN, row("1", "te\"a")));

        assertThat(records.count()).isOne();
        assertThat(key(0)).isEqualTo("{\"id\":1}");
        assertThat(value(0))
                .isEqualTo("{\"before\":null,\"after\":{\"id\":1,\"label\":\"te\\\"a\"}" + END.formatted("false", "c"));
        assertThat(records.get(0).partitionBytes()).isSameAs(records.get(0).key());
        assertThat(records.get(0).headerName()).isNull();
        assertThat(records.get(0).unavailable()).isNull();
    }

    @Test
    void writesACopiedRowAsPartOfTheSnapshot() {
        Origin snapshot = new Origin(5_000, 5_000, 3, 0, 1_700_000_000_123_456L, 0);
        encode(ITEM, new Change.Read(ITEM, snapshot, row("1", null)));

        JsonNode source = json(0).get("source");
        assertThat(json(0).get("op").asString()).isEqualTo("r");
        assertThat(json(0).get("after").get("label").isNull()).isTrue();
        assertThat(source.get("snapshot").asString()).isEqualTo("true");
        assertThat(source.get("sequence").asString()).isEqualTo("[null,\"5000\"]");
        assertThat(source.get("txId").isNull()).isTrue();
        assertThat(source.get("lsn").asLong()).isEqualTo(5_000);
    }

    @Test
    void tellsTransactionsApartAlthoughTheirPartsAreKept() {
        RecordEncoder encoder = RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, ITEM));
        for (int i = 0; i < 6; i++) {
            Origin origin = new Origin(100 + i / 2, 90 + i, i % 2, -1 - i / 2, 1_000_000L * (i / 2), 50 + i / 2);
            encoder.encode(new Change.Insert(ITEM, origin, row("1", null)), records);
            JsonNode source = json(0).get("source");
            assertThat(source.get("ts_us").asLong()).isEqualTo(origin.committedAtMicros());
            assertThat(source.get("ts_ns").asLong()).isEqualTo(origin.committedAtMicros() * 1000);
            assertThat(source.get("txId").asLong()).isEqualTo(Integer.toUnsignedLong(origin.transactionId()));
            assertThat(source.get("lsn").asLong()).isEqualTo(origin.lsn());
            assertThat(source.get("sequence").asString())
                    .isEqualTo("[\"" + origin.previousCommitLsn() + "\",\"" + origin.lsn() + "\"]");
        }
    }

    @Test
    void tellsWhereAReplicatedTransactionCameFrom() {
        RecordEncoder encoder = RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, ITEM));
        Origin replicated = new Origin(4_000, 3_900, 0, 791, 1, 3_800, 0, "the \"other\"", 77);
        encoder.encode(new Change.Insert(ITEM, replicated, row("1", null)), records);
        assertThat(json(0).get("source").get("origin").asString()).isEqualTo("the \"other\"");
        assertThat(json(0).get("source").get("origin_lsn").asLong()).isEqualTo(77);

        encoder.encode(new Change.Insert(ITEM, new Origin(4_000, 3_900, 0, 791, 1, 3_800), row("1", null)), records);
        assertThat(json(0).get("source").get("origin").isNull()).isTrue();
        assertThat(json(0).get("source").get("origin_lsn").isNull()).isTrue();
    }

    @Test
    void writesTheWholeRowBeforeAnUpdateWhereItIsKnown() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, row("1", "tea"), row("1", "coffee")));

        assertThat(records.count()).isOne();
        assertThat(value(0))
                .startsWith("{\"before\":{\"id\":1,\"label\":\"tea\"},\"after\":{\"id\":1,\"label\":\"coffee\"},")
                .endsWith(END.formatted("false", "u"));
    }

    @Test
    void writesNullBeforeAnUpdateWhoseOldRowIsNotInTheLog() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, null, row("1", "coffee")));

        assertThat(value(0)).startsWith("{\"before\":null,\"after\":{\"id\":1,\"label\":\"coffee\"},");
    }

    @Test
    void followsADeleteByATombstone() {
        encode(ITEM, new Change.Delete(ITEM, ORIGIN, keyRow("1", null)));

        assertThat(records.count()).isEqualTo(2);
        assertThat(value(0))
                .startsWith("{\"before\":{\"id\":1,\"label\":null},\"after\":null,")
                .endsWith(END.formatted("false", "d"));
        assertThat(key(1)).isEqualTo("{\"id\":1}");
        assertThat(records.get(1).value()).isNull();
        assertThat(records.get(1).partitionBytes()).isEqualTo(records.get(0).partitionBytes());
    }

    @Test
    void leavesTombstonesOutWhenTold() {
        encode(ITEM, new Change.Delete(ITEM, ORIGIN, row("1", "tea")), "tombstones.on.delete", "false");

        assertThat(records.count()).isOne();
        assertThat(value(0)).startsWith("{\"before\":{\"id\":1,\"label\":\"tea\"},\"after\":null,");
    }

    @Test
    void splitsAnUpdateOfTheKeyIntoDeleteTombstoneAndInsert() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, keyRow("1", null), row("5", "tea")));

        assertThat(records.count()).isEqualTo(3);
        assertThat(List.of(key(0), key(1), key(2))).containsExactly("{\"id\":1}", "{\"id\":1}", "{\"id\":5}");
        assertThat(value(0))
                .startsWith("{\"before\":{\"id\":1,\"label\":null},\"after\":null,")
                .contains("\"op\":\"d\"");
        assertThat(records.get(1).value()).isNull();
        assertThat(value(2))
                .startsWith("{\"before\":null,\"after\":{\"id\":5,\"label\":\"tea\"},")
                .contains("\"op\":\"c\"");
        for (int deleted = 0; deleted < 2; deleted++) {
            assertThat(records.get(deleted).headerName()).isEqualTo("__debezium.newkey");
            assertThat(utf8(records.get(deleted).headerValue())).isEqualTo("{\"id\":5}");
        }
        assertThat(records.get(2).headerName()).isEqualTo("__debezium.oldkey");
        assertThat(utf8(records.get(2).headerValue())).isEqualTo("{\"id\":1}");
        assertThat(records.get(2).partitionBytes()).isSameAs(records.get(2).key());
    }

    @Test
    void writesATruncateWithoutKeyAndImages() {
        encode(ITEM, new Change.Truncate(ITEM, ORIGIN));

        assertThat(records.count()).isOne();
        assertThat(records.get(0).key()).isNull();
        assertThat(records.get(0).partitionBytes()).isNull();
        assertThat(value(0)).isEqualTo("{\"before\":null,\"after\":null" + END.formatted("false", "t"));
    }

    @Test
    void writesTheKeyInItsOwnOrder() {
        Table table = Shapes.table(
                List.of(2, 0),
                required("b", Shapes.text()),
                column("x", Shapes.text()),
                required("a\"", Shapes.int4()));
        encode(table, new Change.Insert(table, ORIGIN, row("y\"q", null, "2")));

        assertThat(key(0)).isEqualTo("{\"a\\\"\":2,\"b\":\"y\\\"q\"}");
    }

    @Test
    void writesNoKeyForATableWithoutOne() {
        Table table = Shapes.table(List.of(), column("a", Shapes.int4()));
        encode(table, new Change.Insert(table, ORIGIN, row("1")));

        assertThat(records.get(0).key()).isNull();
        assertThat(records.get(0).partitionBytes()).isNull();
    }

    @Test
    void writesARowWithoutColumns() {
        Table table = Shapes.table(List.of());
        encode(table, new Change.Insert(table, ORIGIN, row()));

        assertThat(value(0)).startsWith("{\"before\":null,\"after\":{},");
    }

    @Test
    void choosesThePartitionByTheColumnsChosenForIt() {
        EncoderSpec spec =
                Shapes.spec(FormatKind.DEBEZIUM_JSON, ITEM, UnavailableValues.PLACEHOLDER, true, List.of(1, 0));
        RecordEncoder encoder = RecordEncoders.compile(spec);

        encoder.encode(new Change.Insert(ITEM, ORIGIN, row("1", "tea")), records);
        assertThat(utf8(records.get(0).partitionBytes())).isEqualTo("[\"tea\",1]");
        encoder.encode(new Change.Update(ITEM, ORIGIN, row("1", "tea"), row("1", UNCHANGED)), records);
        assertThat(utf8(records.get(0).partitionBytes())).isEqualTo("[\"tea\",1]");
        encoder.encode(new Change.Delete(ITEM, ORIGIN, keyRow("1", null)), records);
        assertThat(utf8(records.get(0).partitionBytes())).isEqualTo("[null,1]");
    }

    @Test
    void takesAnUnchangedLargeValueFromTheRowBefore() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, row("1", "large"), row("1", UNCHANGED)));

        assertThat(value(0)).contains("\"after\":{\"id\":1,\"label\":\"large\"}");
        assertThat(records.get(0).unavailable()).isNull();
    }

    @Test
    void putsPlaceholdersInPlaceOfUnavailableValues() {
        Row after = row("1", UNCHANGED, UNCHANGED, UNCHANGED, UNCHANGED, UNCHANGED, UNCHANGED);
        encode(WIDE, new Change.Update(WIDE, ORIGIN, null, after));

        JsonNode image = json(0).get("after");
        String placeholder = "__debezium_unavailable_value";
        assertThat(image.get("t").asString()).isEqualTo(placeholder);
        assertThat(image.get("b").asString()).isEqualTo("X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==");
        assertThat(image.get("texts").toString()).isEqualTo("[\"" + placeholder + "\"]");
        assertThat(image.get("ints").toString())
                .startsWith("[95,95,100,101,98,")
                .endsWith(",101]");
        assertThat(image.get("n").isNull()).isTrue();
        assertThat(image.get("h").asString()).isEqualTo("{\"" + placeholder + "\":\"" + placeholder + "\"}");
        assertThat(utf8(records.get(0).unavailable())).isEqualTo("t,b,texts,ints,n,h");
    }

    @Test
    void leavesUnavailableValuesOutWhenTold() {
        RecordEncoder encoder = RecordEncoders.compile(
                Shapes.spec(FormatKind.DEBEZIUM_JSON, ITEM, UnavailableValues.OMIT, true, List.of()));
        encoder.encode(new Change.Update(ITEM, ORIGIN, null, row("1", UNCHANGED)), records);
        assertThat(value(0)).startsWith("{\"before\":null,\"after\":{\"id\":1},");
        assertThat(utf8(records.get(0).unavailable())).isEqualTo("label");

        encoder.encode(new Change.Update(ITEM, ORIGIN, null, row("1", "tea")), records);
        assertThat(records.get(0).unavailable()).isNull();
    }

    @Test
    void takesALargeKeyFromTheRowBefore() {
        Table table = Shapes.table(List.of(0), required("id", Shapes.text()), column("n", Shapes.int4()));
        encode(table, new Change.Update(table, ORIGIN, keyRow("large", null), row(UNCHANGED, "2")));

        assertThat(records.count()).isOne();
        assertThat(key(0)).isEqualTo("{\"id\":\"large\"}");
        assertThat(value(0)).contains("\"after\":{\"id\":\"large\",\"n\":2}");
    }

    @Test
    void failsWhenTheKeyIsNotInTheLog() {
        Table table = Shapes.table(List.of(0), required("id", Shapes.text()));

        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> encode(table, new Change.Update(table, ORIGIN, null, row(UNCHANGED))))
                .withMessage("Table public.item, column id: the log does not hold this column of the key.")
                .satisfies(e -> assertThat(e.remedy()).contains("REPLICA IDENTITY FULL"));
    }

    @Test
    void namesTheColumnOfAMalformedValueAndNeverTheValue() {
        Table table = Shapes.table(List.of(), column("a", Shapes.text()), column("n", Shapes.int4()));
        RecordEncoder encoder = RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, table));

        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> encoder.encode(new Change.Insert(table, ORIGIN, row("x", "secret")), records))
                .withMessage("Table public.item, column n: the source sent a value that is not of type integer.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL));
        assertThat(records.count()).isZero();

        encoder.encode(new Change.Insert(table, ORIGIN, row("x", "1")), records);
        assertThat(value(0)).startsWith("{\"before\":null,\"after\":{\"a\":\"x\",\"n\":1}");
    }

    @Test
    void refusesARowOfAnotherShape() {
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> encode(ITEM, new Change.Insert(ITEM, ORIGIN, row("1", "tea", "3"))))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL));
    }

    @ParameterizedTest
    @CsvSource({
        "decimal.handling.mode,exact",
        "time.precision.mode,nanoseconds",
        "interval.handling.mode,x",
        "hstore.handling.mode,x",
        "binary.handling.mode,x",
        "money.fraction.digits,11",
        "schemas.enable,yes",
        "tombstones.on.delete,1"
    })
    void refusesAnOptionItDoesNotKnow(String option, String value) {
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, ITEM, option, value)))
                .withMessageContaining(option)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.SETTINGS));
    }

    @Test
    void namesTheSourceByTheTopicPrefix() {
        encode(ITEM, new Change.Insert(ITEM, ORIGIN, row("1", "tea")), "topic.prefix", "pre\"fix");

        assertThat(json(0).get("source").get("name").asString()).isEqualTo("pre\"fix");
    }

    private void encode(Table table, Change change, String... options) {
        RecordEncoders.compile(Shapes.spec(FormatKind.DEBEZIUM_JSON, table, options))
                .encode(change, records);
    }

    private String key(int index) {
        return utf8(records.get(index).key());
    }

    private String value(int index) {
        return utf8(records.get(index).value());
    }

    private JsonNode json(int index) {
        return JACKSON.readTree(value(index));
    }
}
