package dev.leat.kafka.format;

import static dev.leat.kafka.format.Shapes.UNCHANGED;
import static dev.leat.kafka.format.Shapes.base;
import static dev.leat.kafka.format.Shapes.column;
import static dev.leat.kafka.format.Shapes.keyRow;
import static dev.leat.kafka.format.Shapes.required;
import static dev.leat.kafka.format.Shapes.row;
import static dev.leat.kafka.format.Shapes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.settings.FormatKind;
import dev.leat.settings.UnavailableValues;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SharePlexJsonEncoderTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();
    private static final Table ITEM = Shapes.table(
            List.of(0),
            required("id", Shapes.int4()),
            column("label", Shapes.text()),
            column("sold", base(Oids.BOOL, "bool")));
    private static final Origin ORIGIN = new Origin(4_000, 3_900, 1, 742, 1_700_000_000_123_456L, 3_800, 3, null, 0);

    private final EncodedRecords records = new EncodedRecords();

    @Test
    void writesAnInsertWithItsPlaceInTheTransaction() {
        encode(new Change.Insert(ITEM, ORIGIN, row("5", null, "t")), true);
        assertThat(utf8(records.get(0).value())).isEqualTo("""
                {"meta":{"time":"2023-11-14T22:13:20","userid":0,"op":"ins","scn":"3900","rowid":"","trans":"742",\
                "seq":2,"size":3,"table":"public.item","idx":"2/3","posttime":"2026-11-04T11:51:31"},\
                "data":{"id":"5","label":null,"sold":"true"}}""");
        assertThat(utf8(records.get(0).key())).isEqualTo("{\"id\":\"5\"}");
    }

    @Test
    void makesACopiedRowATransactionOfItsOwn() {
        JsonNode meta = only(new Change.Read(ITEM, new Origin(9, 9, 4, 0, 0, 0), row("5", null, null)))
                .get("meta");
        assertThat(meta.get("op").asString()).isEqualTo("ins");
        assertThat(meta.get("idx").asString()).isEqualTo("1/1");
        assertThat(meta.get("trans").asString()).isEqualTo("0");
        assertThat(meta.get("time").asString()).isEqualTo("1970-01-01T00:00:00");
    }

    @Test
    void tellsTheChangedColumnsAndTheRowBefore() {
        JsonNode record = only(new Change.Update(ITEM, ORIGIN, row("5", null, "t"), row("5", "tea", "t")));
        assertThat(record.get("meta").get("op").asString()).isEqualTo("upd");
        assertThat(record.get("data")).hasToString("{\"label\":\"tea\"}");
        assertThat(record.get("key")).hasToString("{\"id\":\"5\",\"label\":null,\"sold\":\"true\"}");
    }

    @Test
    void tellsAllColumnsAndTheKeyWhereTheRowBeforeIsUnknown() {
        JsonNode record = only(new Change.Update(ITEM, ORIGIN, null, row("5", UNCHANGED, "f")));
        assertThat(record.get("data"))
                .as("what did not change is not said")
                .hasToString("{\"id\":\"5\",\"sold\":\"false\"}");
        assertThat(record.get("key")).hasToString("{\"id\":\"5\"}");
        assertThat(utf8(records.get(0).unavailable())).isEqualTo("label");
    }

    @Test
    void rowAfterIsTheKeyOverlaidWithTheData() {
        JsonNode record = only(new Change.Update(ITEM, ORIGIN, row("5", "long", "t"), row("5", UNCHANGED, "f")));
        assertThat(record.get("data")).hasToString("{\"sold\":\"false\"}");
        assertThat(record.get("key").get("label").asString()).isEqualTo("long");
        assertThat(records.get(0).unavailable()).isNull();
    }

    @Test
    void splitsAChangedKeyOnlyWherePartitionsGoByKey() {
        Change change = new Change.Update(ITEM, ORIGIN, keyRow("5", null, null), row("6", "tea", null));
        encode(change, true);
        assertThat(records.count()).isEqualTo(2);
        assertThat(read(0).get("meta").get("op").asString()).isEqualTo("del");
        assertThat(read(0).get("data")).hasToString("{\"id\":\"5\"}");
        assertThat(read(1).get("meta").get("op").asString()).isEqualTo("ins");
        encode(change, false);
        assertThat(records.count()).isEqualTo(1);
        assertThat(read(0).get("data")).hasToString("{\"id\":\"6\",\"label\":\"tea\",\"sold\":null}");
        assertThat(read(0).get("key")).hasToString("{\"id\":\"5\"}");
        assertThat(utf8(records.get(0).key())).isEqualTo("{\"id\":\"5\"}");
    }

    @Test
    void deletesWithTheRowOrItsKey() {
        assertThat(only(new Change.Delete(ITEM, ORIGIN, row("5", null, "t"))).get("data"))
                .hasToString("{\"id\":\"5\",\"label\":null,\"sold\":\"true\"}");
        JsonNode record = only(new Change.Delete(ITEM, ORIGIN, keyRow("5", null, null)));
        assertThat(record.get("data")).hasToString("{\"id\":\"5\"}");
        assertThat(record.has("key")).isFalse();
    }

    @Test
    void tellsATruncate() {
        JsonNode record = only(new Change.Truncate(ITEM, ORIGIN));
        assertThat(record.get("meta").get("op").asString()).isEqualTo("truncate");
        assertThat(record.get("data")).hasToString("{}");
    }

    private JsonNode only(Change change) {
        encode(change, true);
        assertThat(records.count()).isEqualTo(1);
        return read(0);
    }

    private void encode(Change change, boolean splits) {
        RecordEncoders.compile(
                        Shapes.spec(FormatKind.SHAREPLEX_JSON, ITEM, UnavailableValues.PLACEHOLDER, splits, List.of()))
                .encode(change, records);
    }

    private JsonNode read(int index) {
        return JACKSON.readTree(records.get(index).value());
    }
}
