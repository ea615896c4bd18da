package dev.leat.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Ddl;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Records that tell of the schema, in each format. */
class DdlEncoderTest {

    private static final TableId ITEM = new TableId("SHOP", "IT\"EM");
    private static final Table SHAPE = new Table(
            9,
            ITEM,
            List.of(
                    Shapes.required("id", Shapes.int4()),
                    Shapes.column("price", Shapes.numeric(8, 2)),
                    Shapes.column("code", Shapes.base(1043, "varchar", "character varying", 14)),
                    Shapes.column("tags", Shapes.array(Shapes.text()))),
            List.of(0),
            false);
    private static final Ddl ALTER = new Ddl(
            "ALTER TABLE \"SHOP\".\"IT\"\"EM\" ADD \"é\" text",
            Ddl.Action.ALTER,
            "shop",
            "it\"em",
            new TableId("shop", "it\"em"));
    private static final Ddl VIEW = new Ddl("CREATE VIEW v AS\n SELECT 1", Ddl.Action.NONE, "shop", "v", null);
    private static final Ddl SETTING = new Ddl("SET x = off", Ddl.Action.NONE, "", "x", null);
    private static final Origin START = new Origin(0, 0, 3, 0, 1_700_000_000_000_000L, 0);

    @Test
    void canalHasTheShortObjectOfDdl() {
        DdlEncoder encoder = encoder(FormatKind.CANAL_JSON);
        assertThat(text(encoder.value(new DdlNews(ALTER, ITEM, SHAPE, Shapes.ORIGIN))))
                .isEqualTo("{\"id\":42,\"database\":\"db\",\"schema\":\"SHOP\",\"table\":\"IT\\\"EM\",\"isDdl\":true,"
                        + "\"type\":\"DDL\",\"es\":1700000000123,\"ts\":1793793091987,"
                        + "\"sql\":\"ALTER TABLE \\\"SHOP\\\".\\\"IT\\\"\\\"EM\\\" ADD \\\"é\\\" text\"}");
        assertThat(text(encoder.value(new DdlNews(VIEW, null, null, START))))
                .startsWith("{\"id\":43,\"database\":\"db\",\"schema\":\"shop\",\"table\":null,")
                .endsWith("\"sql\":\"CREATE VIEW v AS\\n SELECT 1\"}");
        assertThat(text(encoder.value(new DdlNews(SETTING, null, null, START)))).contains("\"schema\":null,");
    }

    @Test
    void theOthersHaveTheObjectOfASchemaChange() {
        Map<?, ?> record =
                read(encoder(FormatKind.DEBEZIUM_JSON).value(new DdlNews(ALTER, ITEM, SHAPE, Shapes.ORIGIN)));
        assertThat(record.keySet().toString())
                .isEqualTo("[source, ts_ms, databaseName, schemaName, ddl, tableChanges]");
        assertThat(record.get("source").toString())
                .isEqualTo(
                        "{version=1.2, connector=postgresql, name=shop-task, ts_ms=1700000000123, snapshot=false, db=db,"
                                + " ts_us=1700000000123456, ts_ns=1700000000123456000, schema=SHOP, table=IT\"EM, txId=791,"
                                + " lsn=3900}");
        assertThat(record.get("tableChanges").toString())
                .isEqualTo("[{type=ALTER, id=\"db\".\"SHOP\".\"IT\"\"EM\", table={defaultCharsetName=null,"
                        + " primaryKeyColumnNames=[id], columns=["
                        + "{name=id, jdbcType=4, nativeType=23, typeName=int4, typeExpression=integer, charsetName=null,"
                        + " length=null, scale=null, position=1, optional=false, autoIncremented=false, generated=false},"
                        + " {name=price, jdbcType=2, nativeType=1700, typeName=numeric, typeExpression=numeric(8,2),"
                        + " charsetName=null, length=8, scale=2, position=2, optional=true, autoIncremented=false,"
                        + " generated=false},"
                        + " {name=code, jdbcType=12, nativeType=1043, typeName=varchar,"
                        + " typeExpression=character varying(10), charsetName=null, length=10, scale=null, position=3,"
                        + " optional=true, autoIncremented=false, generated=false},"
                        + " {name=tags, jdbcType=2003, nativeType=100025, typeName=_text, typeExpression=text[],"
                        + " charsetName=null, length=null, scale=null, position=4, optional=true, autoIncremented=false,"
                        + " generated=false}]}}]");
    }

    @Test
    void whatWasThereBeforeIsASnapshotWithoutAPosition() {
        Map<?, ?> record = read(encoder(FormatKind.DEBEZIUM_JSON).value(new DdlNews(VIEW, null, null, START)));
        assertThat(record.get("source").toString()).contains("snapshot=true", "table=null, txId=null, lsn=null");
        assertThat(record.get("tableChanges")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatTellsTheStatement(FormatKind format) {
        assertThat(text(encoder(format).value(new DdlNews(SETTING, null, null, START))))
                .contains("SET x = off");
    }

    @Test
    void theKeyIsTheTable() {
        byte[] key = DdlEncoder.key(new DdlNews(ALTER, ITEM, SHAPE, START));
        assertThat(text(key)).isEqualTo("{\"schema\":\"SHOP\",\"table\":\"IT\\\"EM\"}");
        assertThat(DdlEncoder.key(new DdlNews(VIEW, null, null, START))).isNull();
    }

    private static DdlEncoder encoder(FormatKind format) {
        return DdlEncoders.of(new DdlSpec(
                "db", "shop-task", "1.2", new FormatSettings(format, null), new AtomicLong(41), Shapes.CLOCK));
    }

    private static Map<?, ?> read(byte[] json) {
        return JsonMapper.shared().readValue(json, java.util.LinkedHashMap.class);
    }

    private static String text(byte[] bytes) {
        return Shapes.utf8(bytes);
    }
}
