package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Operation;
import dev.leat.settings.Phase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A row filter from the copy to the stream: what arrives is what the source's own WHERE selects, at every time. */
class FilterWalkIT {

    private static final String TABLE =
            "CREATE TABLE item (id bigint PRIMARY KEY, region text, qty int, price numeric(6,1), big text)";
    private static final String SELECTED = "qty > 10 AND (region IN ('north', 'it''s \\ east') OR price < 1.5)";
    private static final String FILL =
            "INSERT INTO item SELECT g, (ARRAY['north', 'south', E'it\\'s \\\\ east', NULL])[1 + g % 4],"
                    + " g % 23, (g % 40) / 10.0, NULL FROM generate_series(1, 2000) g";

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void copyAndStreamHoldTheRowsThatPass(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(TABLE, "ALTER TABLE item REPLICA IDENTITY FULL", FILL);
        try (Walk walk = walk(source, SELECTED, null)) {
            walk.start();
            walk.follows();
            becomesEqual(walk, source, SELECTED);
            int copied = walk.records("public.item").size();
            assertThat(copied).isEqualTo(count(source, SELECTED)).isBetween(1, 1999);

            source.execute(
                    "UPDATE item SET qty = 50 - qty WHERE id % 3 = 0",
                    "UPDATE item SET region = 'north', price = price + 1 WHERE id % 5 = 0",
                    "UPDATE item SET price = 'NaN' WHERE id % 31 = 0",
                    "UPDATE item SET region = NULL WHERE id % 37 = 0",
                    "UPDATE item SET id = id + 100000 WHERE id % 41 = 0",
                    "DELETE FROM item WHERE id % 7 = 0",
                    FILL.replace("(1, 2000)", "(3001, 3500)"));
            becomesEqual(walk, source, SELECTED);
            walk.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void aRowThatLeavesIsDeletedAndOneThatEntersInserted(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(
                TABLE,
                "ALTER TABLE item REPLICA IDENTITY FULL",
                "ALTER TABLE item ALTER big SET STORAGE EXTERNAL",
                "INSERT INTO item SELECT g, 'north', g, 1, repeat('x', 20000) FROM generate_series(1, 4) g");
        try (Walk walk = walk(source, "qty >= 3", null)) {
            walk.start();
            walk.follows();
            source.execute(
                    "UPDATE item SET qty = 5 WHERE id = 1",
                    "UPDATE item SET qty = 6 WHERE id = 1",
                    "UPDATE item SET qty = 0 WHERE id = 3",
                    "UPDATE item SET qty = 1 WHERE id = 2",
                    "DELETE FROM item WHERE id = 2",
                    "DELETE FROM item WHERE id = 4",
                    "INSERT INTO item VALUES (5, 'south', 1, 1), (6, 'south', 9, 1)");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(said(walk))
                            .containsExactlyInAnyOrder(
                                    "INSERT 3",
                                    "INSERT 4",
                                    "INSERT 1",
                                    "UPDATE 1",
                                    "DELETE 3",
                                    "DELETE 4",
                                    "INSERT 6"));
            assertThat(value(walk, "INSERT 1").path("data").get(0).path("big").asString())
                    .as("the large value that the update left as it was")
                    .isEqualTo("x".repeat(20000));
            walk.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void aFilterOfTheKeyAloneNeedsNoOldRows(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(TABLE, "INSERT INTO item SELECT g, 'north', g, 1 FROM generate_series(1, 6) g");
        try (Walk walk = walk(source, "id % 2 = 0 AND id < 1000", null)) {
            walk.start();
            walk.follows();
            source.execute(
                    "UPDATE item SET qty = 9 WHERE id IN (1, 2)",
                    "UPDATE item SET id = 7 WHERE id = 4",
                    "UPDATE item SET id = 8 WHERE id = 3",
                    "UPDATE item SET id = 10 WHERE id = 6",
                    "DELETE FROM item WHERE id IN (2, 5)");
            becomesEqual(walk, source, "id % 2 = 0 AND id < 1000");
            assertThat(said(walk))
                    .contains("UPDATE 2", "DELETE 4", "INSERT 8", "DELETE 2")
                    .noneMatch(record -> record.endsWith(" 1") || record.endsWith(" 5"));
            walk.stop();
        }
    }

    @Test
    void withInsertsAloneALaterChangeIsNotTold() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(TABLE, "INSERT INTO item VALUES (1, 'north', 20, 1), (2, 'north', 1, 1)");
        try (Walk walk = walk(source, "qty > 10", Set.of(Operation.INSERT))) {
            walk.start();
            walk.follows();
            source.execute(
                    "UPDATE item SET qty = 1 WHERE id = 1",
                    "UPDATE item SET qty = 30 WHERE id = 2",
                    "DELETE FROM item",
                    "INSERT INTO item VALUES (3, 'north', 20, 1), (4, 'north', 2, 1)");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(said(walk)).containsExactlyInAnyOrder("INSERT 1", "INSERT 3"));
            walk.stop();
        }
    }

    @Test
    void aRunThatWouldNeedOldRowsIsRefusedAtItsStart() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(TABLE);
        try (Walk walk = walk(source, SELECTED, null)) {
            walk.start();
            assertRefused(walk);
            assertThat(source.query("SELECT 1 FROM pg_replication_slots WHERE slot_name = ?", walk.slot()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void aRunThatMeetsAChangeWithoutItsOldRowStopsThere(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(TABLE, "ALTER TABLE item REPLICA IDENTITY FULL", "INSERT INTO item VALUES (1, 'north', 20, 1)");
        try (Walk walk = walk(source, "qty > 10", null)) {
            walk.start();
            walk.follows();
            source.execute("ALTER TABLE item REPLICA IDENTITY DEFAULT", "UPDATE item SET qty = 1");
            assertRefused(walk);
        }
    }

    @Test
    void aPartitionWhoseLogHoldsOnlyKeysIsNotTakenForOneOfNulls() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(
                "CREATE TABLE item (id int PRIMARY KEY, region text, qty int, price numeric) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF item FOR VALUES FROM (0) TO (100)",
                "ALTER TABLE item REPLICA IDENTITY FULL",
                "ALTER TABLE low REPLICA IDENTITY FULL",
                "INSERT INTO item VALUES (1, 'north', 20, 1)");
        try (Walk walk = walk(source, "qty > 10", null)) {
            walk.start();
            walk.follows();
            source.execute(
                    "CREATE TABLE high PARTITION OF item FOR VALUES FROM (100) TO (200)",
                    "INSERT INTO item VALUES (100, 'south', 20, 1)",
                    "DELETE FROM item WHERE id = 100");
            assertThatThrownBy(() -> walk.end().get(60, java.util.concurrent.TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(SyncException.class, failure -> {
                        assertThat(failure)
                                .hasMessageContaining("Table public.item")
                                .hasMessageContaining("partition public.high");
                        assertThat(failure.remedy())
                                .contains("ALTER TABLE \"public\".\"high\" REPLICA IDENTITY FULL", "resync");
                    });
        }
    }

    private static void assertRefused(Walk walk) {
        assertThatThrownBy(() -> walk.end().get(60, java.util.concurrent.TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(SyncException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.SETTINGS);
                    assertThat(failure)
                            .hasMessageContaining("Table public.item")
                            .hasMessageContaining("outside the key");
                    assertThat(failure.remedy()).contains("ALTER TABLE \"public\".\"item\" REPLICA IDENTITY FULL;");
                });
    }

    private static Walk walk(Database source, String filter, Set<Operation> operations) {
        return new Walk(
                source,
                Servers.kafka(),
                FormatKind.CANAL_JSON,
                EnumSet.allOf(Phase.class),
                new ObjectRule("public", "item", null, null, null, null, filter, operations));
    }

    private static int count(Database source, String condition) {
        return Integer.parseInt(source.value("SELECT count(*) FROM item WHERE " + condition));
    }

    private static void becomesEqual(Walk walk, Database source, String condition) {
        source.execute("DROP VIEW IF EXISTS selected", "CREATE VIEW selected AS SELECT * FROM item WHERE " + condition);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    assertThat(walk.end()).isNotDone();
                    assertThat(walk.folded("public.item")).isEqualTo(walk.table("selected", "id"));
                });
    }

    /** What the records say: type and id. */
    private static List<String> said(Walk walk) {
        return walk.records("public.item").stream()
                .map(record -> said(Walk.JSON.readTree(record.value())))
                .toList();
    }

    private static String said(JsonNode value) {
        return value.path("type").asString() + " "
                + value.path("data").get(0).path("id").asString();
    }

    private static JsonNode value(Walk walk, String said) {
        return walk.records("public.item").stream()
                .map(record -> Walk.JSON.readTree(record.value()))
                .filter(value -> said(value).equals(said))
                .findFirst()
                .orElseThrow();
    }
}
