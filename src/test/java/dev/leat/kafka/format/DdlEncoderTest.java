package dev.leat.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Ddl;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
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
        assertThat(text(encoder.value(new DdlNews(ALTER, ITEM, SHAPE, Shapes.ORIGIN), "ddl")))
                .isEqualTo("{\"id\":42,\"database\":\"db\",\"schema\":\"SHOP\",\"table\":\"IT\\\"EM\",\"isDdl\":true,"
                        + "\"type\":\"DDL\",\"es\":1700000000123,\"ts\":1793793091987,"
                        + "\"sql\":\"ALTER TABLE \\\"SHOP\\\".\\\"IT\\\"\\\"EM\\\" ADD \\\"é\\\" text\"}");
        assertThat(text(encoder.value(new DdlNews(VIEW, null, null, START), "ddl")))
                .startsWith("{\"id\":43,\"database\":\"db\",\"schema\":\"shop\",\"table\":null,")
                .endsWith("\"sql\":\"CREATE VIEW v AS\\n SELECT 1\"}");
        assertThat(text(encoder.value(new DdlNews(SETTING, null, null, START), "ddl")))
                .contains("\"schema\":null,");
    }

    @Test
    void theOthersHaveTheObjectOfASchemaChange() {
        Map<?, ?> record =
                read(encoder(FormatKind.DEBEZIUM_JSON).value(new DdlNews(ALTER, ITEM, SHAPE, Shapes.ORIGIN), "ddl"));
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
        Map<?, ?> record = read(encoder(FormatKind.DEBEZIUM_JSON).value(new DdlNews(VIEW, null, null, START), "ddl"));
        assertThat(record.get("source").toString()).contains("snapshot=true", "table=null, txId=null, lsn=null");
        assertThat(record.get("tableChanges")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatTellsTheStatement(FormatKind format) {
        assertThat(text(encoder(format).value(new DdlNews(SETTING, null, null, START), "ddl")))
                .contains("SET x = off");
    }

    @Test
    void dtsHasTheStatementInPlaceOfAnImage() throws IOException {
        Origin origin = new Origin(0x16B3800, 0x16B3748, 0, 742, 1_700_000_000_123_000L, 0);
        TableId item = new TableId("public", "item");
        Ddl statement = new Ddl("ALTER TABLE item ADD note text", Ddl.Action.ALTER, "public", "item", item);
        byte[] value = dts(Map.of(), 6).value(new DdlNews(statement, item, null, origin), "ddl");
        assertThat(HexFormat.of().formatHex(value)).isEqualTo("""
                000e80c49fd50c12302f313642333734380006373432060a31322e313206022073686f702e7075626c69632e6974656d\
                00000000023c414c544552205441424c45206974656d20414444206e6f74652074657874f6a1abfef962""");
    }

    @Test
    void dtsNamesDatabaseAndSchemaWhereThereIsNoTable() throws IOException {
        byte[] value = dts(Map.of("schema.registry", "true"), 0).value(new DdlNews(VIEW, null, null, START), "ddl");
        assertThat(HexFormat.of().formatHex(value, 0, 5)).isEqualTo("0000000007");
        GenericRecord record = new GenericDatumReader<GenericRecord>(DtsSchema.schema())
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        assertThat(record.get("operation")).hasToString("DDL");
        assertThat(record.get("objectName")).hasToString("shop.shop");
        assertThat(record.get("afterImages")).hasToString(VIEW.sql());
    }

    private static DdlEncoder dts(Map<String, String> options, int recordNumber) {
        FormatSettings format = new FormatSettings(FormatKind.DTS_AVRO, options);
        return DdlEncoders.of(new DdlSpec(
                "shop",
                "shop-task",
                "1.2",
                format,
                new AtomicLong(recordNumber),
                Shapes.CLOCK,
                "12.12",
                (subject, schema) -> {
                    assertThat(subject).isEqualTo("ddl-value");
                    return 7;
                }));
    }

    @Test
    void theKeyIsTheTable() {
        byte[] key = DdlEncoder.key(new DdlNews(ALTER, ITEM, SHAPE, START));
        assertThat(text(key)).isEqualTo("{\"schema\":\"SHOP\",\"table\":\"IT\\\"EM\"}");
        assertThat(DdlEncoder.key(new DdlNews(VIEW, null, null, START))).isNull();
    }

    private static DdlEncoder encoder(FormatKind format) {
        return DdlEncoders.of(new DdlSpec(
                "db",
                "shop-task",
                "1.2",
                new FormatSettings(format, null),
                new AtomicLong(41),
                Shapes.CLOCK,
                "12.12",
                (subject, schema) -> 7));
    }

    private static Map<?, ?> read(byte[] json) {
        return JsonMapper.shared().readValue(json, java.util.LinkedHashMap.class);
    }

    private static String text(byte[] bytes) {
        return Shapes.utf8(bytes);
    }
}
