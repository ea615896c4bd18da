package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tables at the edges of what PostgreSQL allows: no column, nothing but a key, as many columns as there can be. */
class EdgeShapesIT {

    private static final int MAX_COLUMNS = 1_600;
    private static final String ODD = "\"My.\"\"Schema\"\"\\ 🦆\".\"Tab'le.ÄÖ\"";

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void theWidestAndTheOddestTablesBecomeEqual(int major) {
        Database source = Servers.postgres(major).newDatabase();
        String columns =
                IntStream.range(1, MAX_COLUMNS).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
        String values =
                IntStream.range(1, MAX_COLUMNS).mapToObj(i -> "g * " + i).collect(Collectors.joining(", "));
        source.execute(
                "CREATE TABLE wide (id int PRIMARY KEY, " + columns + ")",
                "INSERT INTO wide SELECT g, " + values + " FROM generate_series(1, 50) g",
                "CREATE TABLE only_key (id int PRIMARY KEY)",
                "INSERT INTO only_key SELECT generate_series(1, 50)",
                "CREATE SCHEMA \"My.\"\"Schema\"\"\\ 🦆\"",
                "CREATE TABLE " + ODD + " (id int PRIMARY KEY, \"a.b\\c\"\"d'\" text, \"SELECT\" int, \"é\" text)",
                "INSERT INTO " + ODD + " SELECT g, 'x' || g, g, 'ü' FROM generate_series(1, 50) g");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            source.execute(
                    "UPDATE wide SET c1599 = NULL, c1 = -1 WHERE id % 2 = 0",
                    "DELETE FROM wide WHERE id = 1",
                    "INSERT INTO wide (id) VALUES (99)",
                    "UPDATE only_key SET id = id + 100 WHERE id < 10",
                    "DELETE FROM only_key WHERE id = 20",
                    "UPDATE " + ODD + " SET \"a.b\\c\"\"d'\" = '\"', \"SELECT\" = 0 WHERE id < 20",
                    "DELETE FROM " + ODD + " WHERE id = 50");
            walk.becomesEqual("public.wide", "id");
            walk.becomesEqual("public.only_key", "id");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(walk.folded("My._Schema____.Tab_le.__")).isEqualTo(walk.table(ODD, "id")));
            walk.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({"12, CANAL_JSON", "18, DEBEZIUM_JSON"})
    void aTableWithoutColumnsHasRecordsWithoutFields(int major, FormatKind format) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(
                "CREATE TABLE nothing ()", "INSERT INTO nothing DEFAULT VALUES", "INSERT INTO nothing DEFAULT VALUES");
        try (Walk walk = new Walk(source, Servers.kafka(), format, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            source.execute("INSERT INTO nothing DEFAULT VALUES");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> walk.records("public.nothing").size() == 3);
            walk.stop();
            List<JsonNode> rows = walk.records("public.nothing").stream()
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .map(Walk.JSON::readTree)
                    .map(value ->
                            format == FormatKind.CANAL_JSON ? value.get("data").get(0) : value.get("after"))
                    .toList();
            assertThat(rows).allSatisfy(row -> assertThat(row.toString()).isEqualTo("{}"));
            assertThat(walk.records("public.nothing"))
                    .allSatisfy(record -> assertThat(record.key()).isNull());
        }
    }

    /** As of PostGIS, whose geometries have colons between them. */
    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void elementsOfATypeWithADelimiterOfItsOwnAreApart(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(
                "CREATE TYPE spot",
                "CREATE FUNCTION spot_in(cstring) RETURNS spot LANGUAGE internal IMMUTABLE STRICT AS 'textin'",
                "CREATE FUNCTION spot_out(spot) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'",
                "CREATE TYPE spot (INPUT = spot_in, OUTPUT = spot_out, LIKE = text, DELIMITER = ':')",
                "CREATE DOMAIN named_spot AS spot",
                "CREATE TABLE item (id int PRIMARY KEY, spots spot[], named named_spot[])",
                "INSERT INTO item VALUES (1, '{a,b:\"c:d\":NULL}', '{a:b}')");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.DEBEZIUM_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            source.execute("INSERT INTO item SELECT 2, spots, named FROM item");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> walk.records("public.item").size() == 2);
            walk.stop();
            assertThat(walk.records("public.item"))
                    .extracting(record -> Walk.JSON.readTree(record.value()).get("after"))
                    .allSatisfy(after -> {
                        assertThat(after.get("spots").toString()).isEqualTo("[\"a,b\",\"c:d\",null]");
                        assertThat(after.get("named").toString()).isEqualTo("[\"a\",\"b\"]");
                    });
        }
    }
}
