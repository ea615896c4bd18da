package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.ORIGIN;
import static dev.leat.kafka.format.Shapes.UNCHANGED;
import static dev.leat.kafka.format.Shapes.column;
import static dev.leat.kafka.format.Shapes.keyRow;
import static dev.leat.kafka.format.Shapes.required;
import static dev.leat.kafka.format.Shapes.row;
import static dev.leat.kafka.format.Shapes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.leat.change.Change;
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

class CanalJsonEncoderTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final Table ITEM = Shapes.table(
            List.of(0),
            required("id", Shapes.int4()),
            column("label", Shapes.text()),
            column("ok", Shapes.base(Oids.BOOL, "bool", "boolean", -1)));
    private static final Table BINARY =
            Shapes.table(List.of(), column("b", Shapes.bytea()), column("n", Shapes.numeric()));

    private static final String HEAD = "{\"id\":%d,\"database\":\"shop\",\"schema\":\"public\",\"table\":\"item\","
            + "\"pkNames\":[\"id\"],\"isDdl\":false,\"type\":\"%s\",\"es\":1700000000123,\"ts\":1793793091987,"
            + "\"sql\":\"\",\"sqlType\":{\"id\":4,\"label\":12,\"ok\":16},"
            + "\"mysqlType\":{\"id\":\"integer\",\"label\":\"text\",\"ok\":\"boolean\"},"
            + "\"dataType\":{\"id\":\"integer\",\"label\":\"text\",\"ok\":\"boolean\"},";

    private final EncodedRecords records = new EncodedRecords();

    @Test
    void writesAnInsert() {
        encode(ITEM, new Change.Insert(ITEM, ORIGIN, row("1", "te\"a", "t")));

        assertThat(records.count()).isOne();
        assertThat(utf8(records.get(0).key())).isEqualTo("{\"id\":\"1\"}");
        assertThat(records.get(0).partitionBytes()).isSameAs(records.get(0).key());
        assertThat(value(0))
                .isEqualTo(
                        HEAD.formatted(41, "INSERT")
                                + "\"data\":[{\"id\":\"1\",\"label\":\"te\\\"a\",\"ok\":\"true\"}],\"old\":null,\"gtid\":\"\"}");
    }

    @Test
    void writesTheChangedValuesBeforeAnUpdate() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, row("1", null, "f"), row("1", "tea", "f")));

        assertThat(value(0))
                .isEqualTo(HEAD.formatted(41, "UPDATE")
                        + "\"data\":[{\"id\":\"1\",\"label\":\"tea\",\"ok\":\"false\"}],"
                        + "\"old\":[{\"label\":null}],\"gtid\":\"\"}");
    }

    @Test
    void writesAllValuesBeforeAnUpdateWhenTold() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, row("1", null, "f"), row("1", "tea", "f")), "old", "all");

        assertThat(json(0).get("old").toString()).isEqualTo("[{\"id\":\"1\",\"label\":null,\"ok\":\"false\"}]");
    }

    @Test
    void writesNullBeforeAnUpdateWhoseOldRowIsNotInTheLog() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, null, row("1", "tea", "f")));
        assertThat(json(0).get("old").isNull()).isTrue();

        encode(ITEM, new Change.Update(ITEM, ORIGIN, row("1", "tea", "f"), row("1", UNCHANGED, "f")));
        assertThat(json(0).get("old").isNull()).isTrue();
        assertThat(json(0).get("data").get(0).get("label").asString()).isEqualTo("tea");
    }

    @Test
    void writesAnEmptyRowInPlaceOfAnUnknownOldOneWhenTold() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, null, row("1", "tea", "f")), "old.unknown", "empty");

        assertThat(value(0)).endsWith("],\"old\":[{}],\"gtid\":\"\"}");
    }

    @Test
    void writesTheRowBeforeADelete() {
        encode(ITEM, new Change.Delete(ITEM, ORIGIN, row("1", "tea", "f")));

        assertThat(value(0))
                .isEqualTo(HEAD.formatted(41, "DELETE")
                        + "\"data\":[{\"id\":\"1\",\"label\":\"tea\",\"ok\":\"false\"}],\"old\":null,\"gtid\":\"\"}");
    }

    @Test
    void writesOnlyTheKeyOfADeletedRowThatIsNotInTheLog() {
        encode(ITEM, new Change.Delete(ITEM, ORIGIN, keyRow("1", null, null)));

        assertThat(json(0).get("data").toString()).isEqualTo("[{\"id\":\"1\"}]");
    }

    @Test
    void writesATruncateWithoutRows() {
        encode(ITEM, new Change.Truncate(ITEM, ORIGIN));

        assertThat(records.get(0).key()).isNull();
        assertThat(value(0)).isEqualTo(HEAD.formatted(41, "TRUNCATE") + "\"data\":null,\"old\":null,\"gtid\":\"\"}");
    }

    @ParameterizedTest
    @CsvSource({"INSERT,INSERT", "INIT,INIT"})
    void namesCopiedRowsAsTold(String option, String type) {
        encode(ITEM, new Change.Read(ITEM, ORIGIN, row("1", "tea", "f")), "snapshot.type", option);

        assertThat(json(0).get("type").asString()).isEqualTo(type);
    }

    @Test
    void splitsAnUpdateOfTheKeyWhereRowsGoByTheirKey() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, keyRow("1", null, null), row("5", "tea", "f")));

        assertThat(records.count()).isEqualTo(2);
        assertThat(json(0).get("type").asString()).isEqualTo("DELETE");
        assertThat(json(0).get("data").toString()).isEqualTo("[{\"id\":\"1\"}]");
        assertThat(utf8(records.get(0).partitionBytes())).isEqualTo("{\"id\":\"1\"}");
        assertThat(json(1).get("type").asString()).isEqualTo("INSERT");
        assertThat(json(1).get("old").isNull()).isTrue();
        assertThat(utf8(records.get(1).partitionBytes())).isEqualTo("{\"id\":\"5\"}");
        assertThat(json(1).get("id").asLong()).isEqualTo(json(0).get("id").asLong() + 1);
    }

    @Test
    void sendsAnUpdateOfTheKeyAsTheOldKeysOtherwise() {
        RecordEncoder encoder = RecordEncoders.compile(
                Shapes.spec(FormatKind.CANAL_JSON, ITEM, UnavailableValues.PLACEHOLDER, false, List.of()));
        encoder.encode(new Change.Update(ITEM, ORIGIN, keyRow("1", null, null), row("5", "tea", "f")), records);

        assertThat(records.count()).isOne();
        assertThat(json(0).get("type").asString()).isEqualTo("UPDATE");
        assertThat(json(0).get("data").get(0).get("id").asString()).isEqualTo("5");
        assertThat(json(0).get("old").toString()).isEqualTo("[{\"id\":\"1\"}]");
        assertThat(utf8(records.get(0).key())).isEqualTo("{\"id\":\"1\"}");
        assertThat(utf8(records.get(0).partitionBytes())).isEqualTo("{\"id\":\"1\"}");
    }

    @Test
    void writesBytesInHexOrAsCharacters() {
        encode(BINARY, new Change.Insert(BINARY, ORIGIN, row("\\x0041ff", null)));
        assertThat(json(0).get("data").get(0).get("b").asString()).isEqualTo("\\x0041ff");

        encode(BINARY, new Change.Insert(BINARY, ORIGIN, row("\\x0041ff225c", null)), "bytea", "latin1");
        assertThat(value(0)).contains("\"b\":\"\\u0000A\u00ff\\\"\\\\\"");
    }

    @Test
    void putsPlaceholdersInPlaceOfUnavailableValues() {
        encode(ITEM, new Change.Update(ITEM, ORIGIN, null, row("1", UNCHANGED, "f")));
        assertThat(json(0).get("data").get(0).get("label").asString()).isEqualTo("__debezium_unavailable_value");
        assertThat(utf8(records.get(0).unavailable())).isEqualTo("label");

        encode(BINARY, new Change.Update(BINARY, ORIGIN, null, row(UNCHANGED, UNCHANGED)));
        assertThat(json(0).get("data").get(0).get("b").asString())
                .isEqualTo("\\x5f5f646562657a69756d5f756e617661696c61626c655f76616c7565");
        assertThat(json(0).get("data").get(0).get("n").isNull()).isTrue();
        assertThat(utf8(records.get(0).unavailable())).isEqualTo("b,n");
    }

    @Test
    void leavesUnavailableValuesOutWhenTold() {
        RecordEncoder encoder = RecordEncoders.compile(
                Shapes.spec(FormatKind.CANAL_JSON, BINARY, UnavailableValues.OMIT, true, List.of()));
        encoder.encode(new Change.Update(BINARY, ORIGIN, null, row(UNCHANGED, UNCHANGED)), records);

        assertThat(json(0).get("data").toString()).isEqualTo("[{}]");
    }

    @Test
    void leavesTheTypesUnderTheirHonestNameOutWhenTold() {
        encode(ITEM, new Change.Insert(ITEM, ORIGIN, row("1", "tea", "f")), "dataType", "false");

        assertThat(json(0).has("dataType")).isFalse();
        assertThat(json(0).has("mysqlType")).isTrue();
    }

    @Test
    void writesNoKeyNamesForATableWithoutKey() {
        encode(BINARY, new Change.Insert(BINARY, ORIGIN, row(null, "1.50")));

        assertThat(json(0).get("pkNames").isNull()).isTrue();
        assertThat(records.get(0).key()).isNull();
        assertThat(json(0).get("data").toString()).isEqualTo("[{\"b\":null,\"n\":\"1.50\"}]");
    }

    @Test
    void takesNamesAsTheyAre() {
        Table table = Shapes.table(List.of(0), required("a\"b.ü\\", Shapes.int4()));
        encode(table, new Change.Insert(table, ORIGIN, row("1")));

        assertThat(json(0).get("pkNames").get(0).asString()).isEqualTo("a\"b.ü\\");
        assertThat(json(0).get("data").get(0).get("a\"b.ü\\").asString()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"bytea,base64", "snapshot.type,READ", "old,some", "old.unknown,x", "dataType,maybe"})
    void refusesAnOptionItDoesNotKnow(String option, String value) {
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> RecordEncoders.compile(Shapes.spec(FormatKind.CANAL_JSON, ITEM, option, value)))
                .withMessageContaining("'" + value + "' is not one of")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.SETTINGS));
    }

    private void encode(Table table, Change change, String... options) {
        RecordEncoders.compile(Shapes.spec(FormatKind.CANAL_JSON, table, options))
                .encode(change, records);
    }

    private String value(int index) {
        return utf8(records.get(index).value());
    }

    private JsonNode json(int index) {
        return JACKSON.readTree(value(index));
    }
}
