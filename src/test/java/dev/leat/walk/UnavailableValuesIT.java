package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.ColumnSettings;
import dev.leat.settings.FormatKind;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Phase;
import dev.leat.settings.UnavailableValues;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An unchanged large value, null and the empty value stay three things, however the task treats the first. */
class UnavailableValuesIT {

    private static final String PLACEHOLDER = "__debezium_unavailable_value";
    private static final byte[] PLACEHOLDER_BYTES = PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
    private static final String COLUMNS =
            " (id int PRIMARY KEY, n int, body text, image bytea, doc jsonb, tags text[], secret text)";
    private static final String NOISE = "(SELECT string_agg(md5(g::text), '') FROM generate_series(1, 300) g)";
    private static final List<String> LARGE = List.of("text", "image", "doc", "tags");

    @ParameterizedTest
    @CsvSource({
        "12,CANAL_JSON,PLACEHOLDER",
        "12,CANAL_JSON,OMIT",
        "12,DEBEZIUM_JSON,RESELECT",
        "18,DEBEZIUM_JSON,PLACEHOLDER",
        "18,DEBEZIUM_JSON,OMIT",
        "18,CANAL_JSON,RESELECT"
    })
    void unchangedNullAndEmptyNeverCollapse(int major, FormatKind format, UnavailableValues unavailable) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(
                "CREATE TABLE plain" + COLUMNS,
                "CREATE TABLE whole" + COLUMNS,
                "ALTER TABLE whole REPLICA IDENTITY FULL");
        for (String table : List.of("plain", "whole")) {
            source.execute("INSERT INTO " + table + " VALUES (1, 0, " + NOISE + ", decode(" + NOISE + ", 'hex'),"
                    + " jsonb_build_object('x', " + NOISE + "), ARRAY[" + NOISE + ", NULL, ''], " + NOISE + "),"
                    + " (2, 0, NULL, NULL, NULL, NULL, NULL), (3, 0, '', '', '{}', '{}', '')");
        }
        var columns = new ColumnSettings(Map.of("body", "text"), List.of("secret"));
        var objects = new ObjectRule("public", null, null, null, null, columns, null, null);
        var task = WalkTask.task(source, format, EnumSet.allOf(Phase.class), null, unavailable, objects);
        try (Walk walk = new Walk(source, Servers.kafka(), task)) {
            walk.start();
            walk.follows();
            source.execute("UPDATE plain SET n = 1", "UPDATE whole SET n = 1");

            walk.delivers();
            for (String table : List.of("plain", "whole")) {
                var records = walk.records("public." + table);
                boolean known = table.equals("whole") || unavailable == UnavailableValues.RESELECT;
                for (int id = 1; id <= 3; id++) {
                    JsonNode copied = row(records, id, 0);
                    ConsumerRecord<byte[], byte[]> record = record(records, id, 1);
                    JsonNode updated = row(records, id, 1);
                    if (known || id > 1) {
                        assertThat(unavailable(record)).isNull();
                        LARGE.forEach(
                                name -> assertThat(updated.get(name)).as(name).isEqualTo(copied.get(name)));
                    } else {
                        assertThat(unavailable(record)).isEqualTo("text,image,doc,tags");
                        assertThat(copied.path("text").asString()).hasSize(9_600);
                        expectUnavailable(updated, format, unavailable);
                    }
                    assertThat(updated.has("secret")).isFalse();
                }
                assertThat(row(records, 2, 1).get("text").isNull()).isTrue();
                assertThat(row(records, 3, 1).get("text").asString()).isEmpty();
            }
        }
    }

    private static void expectUnavailable(JsonNode row, FormatKind format, UnavailableValues unavailable) {
        if (unavailable == UnavailableValues.OMIT) {
            LARGE.forEach(name -> assertThat(row.has(name)).as(name).isFalse());
            return;
        }
        boolean canal = format == FormatKind.CANAL_JSON;
        assertThat(row.get("text").asString()).isEqualTo(PLACEHOLDER);
        assertThat(row.get("doc").asString()).isEqualTo(PLACEHOLDER);
        assertThat(row.get("image").asString())
                .isEqualTo(
                        canal
                                ? "\\x" + HexFormat.of().formatHex(PLACEHOLDER_BYTES)
                                : Base64.getEncoder().encodeToString(PLACEHOLDER_BYTES));
        assertThat(row.get("tags").toString()).contains(PLACEHOLDER);
    }

    private static JsonNode row(List<ConsumerRecord<byte[], byte[]>> records, int id, int n) {
        JsonNode value = Walk.JSON.readTree(record(records, id, n).value());
        return value.has("data") ? value.path("data").path(0) : value.path("after");
    }

    /** The copied row is the first of its key, its update the second. */
    private static ConsumerRecord<byte[], byte[]> record(List<ConsumerRecord<byte[], byte[]>> records, int id, int n) {
        return records.stream()
                .filter(record -> Walk.JSON.readTree(record.key()).path("id").asInt() == id)
                .skip(n)
                .findFirst()
                .orElseThrow();
    }

    private static String unavailable(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("leat.unavailable");
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
