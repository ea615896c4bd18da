package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.canal.CanalJsonDeserializationSchema;
import org.apache.flink.formats.json.debezium.DebeziumJsonDeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink's own formats read our records: the changelog that they make of them leads to the table. */
class FlinkReaderIT {

    private static final int COLUMNS = 7;

    private static final String DAYS = "(d - '1970-01-01')::text";
    private static final String MICROS = "(extract(epoch from at) * 1000000)::bigint::text";

    @Test
    void canalJsonLeadsToTheTable() throws Exception {
        // where the log does not hold the old row, Flink wants an empty one
        var format = new FormatSettings(FormatKind.CANAL_JSON, Map.of("old.unknown", "empty"));
        var reader = canal(row(DataTypes.DATE(), DataTypes.TIMESTAMP(6)));
        leadsToTheTable(format, "DEFAULT", reader, DAYS + " AS d, replace(at::text, ' ', 'T')");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void debeziumJsonLeadsToTheTable(boolean schemas) throws Exception {
        var options = Map.of("decimal.handling.mode", "string", "schemas.enable", Boolean.toString(schemas));
        var reader = debezium(row(DataTypes.INT(), DataTypes.BIGINT()), schemas);
        // Flink refuses a Debezium update whose old row is not known
        leadsToTheTable(
                new FormatSettings(FormatKind.DEBEZIUM_JSON, options), "FULL", reader, DAYS + " AS d, " + MICROS);
    }

    private static DataType row(DataType day, DataType moment) {
        return DataTypes.ROW(
                DataTypes.FIELD("id", DataTypes.BIGINT()),
                DataTypes.FIELD("name \"x\"", DataTypes.STRING()),
                DataTypes.FIELD("qty", DataTypes.INT()),
                DataTypes.FIELD("price", DataTypes.DECIMAL(12, 2)),
                DataTypes.FIELD("ok", DataTypes.BOOLEAN()),
                DataTypes.FIELD("d", day),
                DataTypes.FIELD("at", moment));
    }

    private static DeserializationSchema<RowData> canal(DataType row) {
        return CanalJsonDeserializationSchema.builder(row, List.of(), TypeInformation.of(RowData.class))
                .setTimestampFormat(TimestampFormat.SQL)
                .build();
    }

    private static DeserializationSchema<RowData> debezium(DataType row, boolean schemas) {
        return new DebeziumJsonDeserializationSchema(
                row, List.of(), TypeInformation.of(RowData.class), schemas, false, TimestampFormat.SQL);
    }

    private static void leadsToTheTable(
            FormatSettings format, String identity, DeserializationSchema<RowData> reader, String times)
            throws Exception {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, \"name \"\"x\"\"\" text, qty int, price numeric(12,2), ok boolean,"
                        + " d date, at timestamp)",
                "ALTER TABLE item REPLICA IDENTITY " + identity,
                "INSERT INTO item SELECT g, 'item ' || g, g % 7, g * 1.25, g % 2 = 0, '2020-02-28'::date + g::int,"
                        + " '2020-01-01 12:00:00.000001'::timestamp + g * interval '1 hour' FROM generate_series(1, 200) g",
                "INSERT INTO item (id) VALUES (0)");
        var task = WalkTask.task(source, format, EnumSet.allOf(Phase.class));
        try (Walk walk = new Walk(source, Servers.kafka(), task)) {
            walk.start();
            walk.follows();
            source.execute(
                    "UPDATE item SET qty = NULL, price = -0.01 WHERE id % 10 = 0",
                    "UPDATE item SET id = id + 1000 WHERE id < 5",
                    "DELETE FROM item WHERE id % 10 = 7",
                    "INSERT INTO item VALUES (9999, E'the \"last\"\\n', 1, 0, true, '1969-12-31', '1969-12-31 23:59:59.123456')");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> walk.records("public.item").stream().anyMatch(FlinkReaderIT::isLast));
            walk.stop();
            assertThat(changelog(walk.records("public.item"), reader)).containsExactlyEntriesOf(table(source, times));
        }
    }

    private static boolean isLast(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null
                && new String(record.key(), java.nio.charset.StandardCharsets.UTF_8).contains("9999");
    }

    private static Map<Long, List<String>> changelog(
            List<ConsumerRecord<byte[], byte[]>> records, DeserializationSchema<RowData> reader) throws Exception {
        reader.open(new Alone());
        Map<Long, List<String>> rows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            reader.deserialize(record.value(), new Applied(rows));
        }
        return rows;
    }

    private static Map<Long, List<String>> table(Database source, String times) {
        Map<Long, List<String>> rows = new TreeMap<>();
        source.query("SELECT id, \"name \"\"x\"\"\" AS n, qty::text AS q, price::text AS p, ok::text AS o, " + times
                        + " AS at FROM item")
                .forEach(row -> {
                    var values = new ArrayList<String>();
                    row.values().forEach(value -> values.add(String.valueOf(value)));
                    rows.put((Long) row.get("id"), values);
                });
        return rows;
    }

    /** Keeps the rows that the changelog leaves. */
    private record Applied(Map<Long, List<String>> rows) implements Collector<RowData> {

        @Override
        public void collect(RowData row) {
            if (row.getRowKind() == RowKind.DELETE) {
                assertThat(rows.remove(row.getLong(0))).isNotNull();
            } else if (row.getRowKind() != RowKind.UPDATE_BEFORE) {
                rows.put(row.getLong(0), values(row));
            }
        }

        private static List<String> values(RowData row) {
            var generic = (org.apache.flink.table.data.GenericRowData) row;
            var values = new ArrayList<String>();
            for (int i = 0; i < COLUMNS; i++) {
                values.add(String.valueOf(generic.getField(i)).replaceAll("(T\\d\\d:\\d\\d)$", "$1:00"));
            }
            return values;
        }

        @Override
        public void close() {}
    }

    /** A reader outside of any cluster. */
    private static final class Alone implements DeserializationSchema.InitializationContext {

        @Override
        public MetricGroup getMetricGroup() {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }
    }
}
