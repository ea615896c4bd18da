package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The fault points of docs/faults.md that concern single tables, all in one task, of which each has a table of its own.
 * The log tells of none of them but the key.
 */
class TableFaultsIT {

    private static Database source;
    private static Walk walk;
    private static Walk tolerant;
    private static Database tolerantSource;
    private static SyncException failure;

    @BeforeAll
    static void letAllHappen() {
        tolerant = tolerant();
        source = Servers.postgres(15).newDatabase();
        for (String table : List.of("cut", "dropped", "fine", "keyed", "mute", "outside")) {
            source.execute(
                    "CREATE TABLE " + table + " (id int PRIMARY KEY, code int NOT NULL)",
                    "INSERT INTO " + table + " SELECT g, g FROM generate_series(1, 10) g");
        }
        walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class));
        walk.start();
        walk.follows();
        source.execute(
                "BEGIN; ALTER TABLE keyed DROP CONSTRAINT keyed_pkey; ALTER TABLE keyed ADD PRIMARY KEY (code); COMMIT",
                "INSERT INTO keyed VALUES (11, 11)",
                "ALTER TABLE mute REPLICA IDENTITY NOTHING",
                "ALTER PUBLICATION " + walk.slot() + " DROP TABLE outside",
                "INSERT INTO outside VALUES (11, 11)",
                "ALTER PUBLICATION " + walk.slot() + " DROP TABLE cut",
                "ALTER PUBLICATION " + walk.slot() + " ADD TABLE cut WHERE (id > 100)",
                "INSERT INTO cut VALUES (11, 11)",
                "UPDATE outside SET code = 100 WHERE id = 1",
                "DROP TABLE dropped",
                "CREATE TABLE dropped (id int PRIMARY KEY, code int NOT NULL, more text)",
                "INSERT INTO dropped SELECT g, g, 'more' FROM generate_series(1, 12) g");
        failure = walk.fails();
        source.execute("INSERT INTO outside VALUES (12, 12)", "INSERT INTO fine VALUES (11, 11)");
        walk.start();
        walk.follows();
        for (String table : List.of("cut", "dropped", "fine", "mute", "outside")) {
            source.execute("INSERT INTO " + table + " (id, code) VALUES (13, 13)");
        }
    }

    /** A task that sets tables aside; the waiting for both goes on at once. */
    private static Walk tolerant() {
        Database other = Servers.postgres(12).newDatabase();
        for (String table : List.of("fine", "outside")) {
            other.execute("CREATE TABLE " + table + " (id int PRIMARY KEY)", "INSERT INTO " + table + " VALUES (1)");
        }
        other.execute(
                "CREATE TABLE log (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)",
                "INSERT INTO log VALUES (1)");
        Walk task = new Walk(other, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))
                .changed(WalkTask::settingAside);
        task.start();
        task.follows();
        other.execute(
                "ALTER PUBLICATION " + task.slot() + " DROP TABLE outside",
                "INSERT INTO fine VALUES (2)",
                "CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20)");
        tolerantSource = other;
        return task;
    }

    @AfterAll
    static void drop() {
        walk.close();
        tolerant.close();
    }

    @Test
    void point24TableTakenOutOfThePublicationIsSetAside() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> tolerant.events().stream()
                        .anyMatch(event ->
                                event.startsWith("TABLE_SET_ASIDE: Set aside: Table public.outside: was taken out")));
        tolerant.becomesEqual("public.fine", "id");
        assertThat(tolerant.end()).as("the others go on").isNotDone();
    }

    /** Before 13 partitions are published one by one, and rows of a new one were lost in silence. */
    @Test
    void rowsOfAPartitionThatIsMadeMeanwhileArrive() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> tolerant.events().stream().anyMatch(event -> event.startsWith("PARTITION_ADDED")));
        tolerantSource.execute("INSERT INTO log VALUES (2), (11), (12)", "UPDATE log SET id = 13 WHERE id = 12");
        tolerant.becomesEqual("public.log", "id");
        assertThat(tolerant.records("public.log")).hasSize(6);
    }

    @Test
    void point24TableTakenOutOfThePublication() {
        named("Table public.outside: was taken out of publication " + walk.slot());
        copiedAnew("outside");
    }

    /** From 15 on a publication can leave rows and columns out. */
    @Test
    void point24TableCutByThePublication() {
        named("Table public.cut: lacks changes in the log, as publication " + walk.slot()
                + " was told to leave rows or columns out");
        copiedAnew("cut");
    }

    @Test
    void point26TableDroppedAndRecreated() {
        named("Table public.dropped: was dropped and made again");
        copiedAnew("dropped");
    }

    @Test
    void point28PrimaryKeyChanged() {
        assertThat(events("KEY_CHANGED"))
                .containsExactly(
                        "KEY_CHANGED: Table public.keyed: a row is identified by (code) from here on, before by"
                                + " (id); the records' keys change with it.");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(walk.records("public.keyed").stream()
                                .map(record -> new String(record.key(), StandardCharsets.UTF_8)))
                        .hasSize(11)
                        .contains("{\"id\":\"10\"}", "{\"code\":\"11\"}"));
    }

    /** Nothing is lost, since it is the source that refuses; whoever writes there does not know why. */
    @Test
    void point29ReplicaIdentitySetToNothing() {
        assertThat(events("REPLICA_IDENTITY_MISSING"))
                .isNotEmpty()
                .allMatch(event -> event.contains("Table public.mute: nothing identifies its rows"));
        assertThatThrownBy(() -> source.execute("UPDATE mute SET code = 0"))
                .hasRootCauseMessage(
                        "ERROR: cannot update table \"mute\" because it does not have a replica identity and"
                                + " publishes updates\n  Hint: To enable updating the table, set REPLICA IDENTITY using ALTER"
                                + " TABLE.");
        source.execute("ALTER TABLE mute REPLICA IDENTITY DEFAULT", "UPDATE mute SET code = 0 WHERE id = 3");
        walk.becomesEqual("public.mute", "id");
        walk.becomesEqual("public.fine", "id");
    }

    private static void named(String what) {
        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SCHEMA_CHANGED);
        assertThat(failure.kind().retry()).isEqualTo(FailureKind.Retry.MANUAL);
        assertThat(failure).hasMessageContaining(what);
        assertThat(failure.remedy()).startsWith("Resume the task, which copies");
    }

    private static void copiedAnew(String table) {
        assertThat(events("COPIED_ANEW")).anyMatch(event -> event.contains("Table public." + table));
        walk.becomesEqual("public." + table, "id");
    }

    private static List<String> events(String kind) {
        return walk.events().stream().filter(event -> event.startsWith(kind)).toList();
    }
}
