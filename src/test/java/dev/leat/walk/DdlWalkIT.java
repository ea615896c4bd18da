package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Limits;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.ThrottleSettings;
import dev.leat.sync.KnownShape;
import dev.leat.sync.SyncRun;
import dev.leat.sync.TableProgress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The schema and its changes arrive as DDL records, each at its place and once. */
class DdlWalkIT {

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void theSchemaArrivesOnceAndBuildsTheSameTablesElsewhere(int major) {
        Database source = Servers.postgres(major).newDatabase();
        Database copy = Servers.postgres(major).newDatabase();
        source.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'it''s')",
                "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2'",
                "CREATE TABLE \"Item \"\"1\"\"\" (id serial PRIMARY KEY, mood mood DEFAULT 'sad', n int CHECK (twice(n) > 1))",
                "CREATE VIEW moods AS SELECT mood FROM \"Item \"\"1\"\"\"");
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, "{database}.ddl")) {
            walk.start();
            walk.follows();
            walk.stop();
            List<JsonNode> told = values(walk, "ddl");
            told.forEach(record -> copy.execute(record.path("sql").asString()));
            assertThat(columns(copy)).isEqualTo(columns(source)).hasSize(4);
            assertThat(told).allSatisfy(record -> {
                assertThat(record.propertyNames())
                        .containsExactly("id", "database", "schema", "table", "isDdl", "type", "es", "ts", "sql");
                assertThat(record.path("isDdl").asBoolean()).isTrue();
                assertThat(record.path("type").asString()).isEqualTo("DDL");
            });
            assertThat(keys(walk, "ddl"))
                    .contains("{\"schema\":\"public\",\"table\":\"Item \\\"1\\\"\"}")
                    .containsNull();
            assertThat(walk.events())
                    .contains("SCHEMA_TOLD: " + told.size() + " DDL statements written to topic " + source.name()
                            + ".ddl.");

            walk.start();
            walk.follows();
            walk.stop();
            assertThat(values(walk, "ddl"))
                    .as("a run that goes on tells nothing again")
                    .hasSameSizeAs(told);
        } finally {
            copy.drop();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void aChangedShapeIsToldBeforeTheFirstRowThatHasIt(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name varchar(10), old int)",
                "INSERT INTO item VALUES (1, 'a', 1)");
        try (Walk walk = walk(source, FormatKind.DEBEZIUM_JSON, TaskDestination.DDL_WITH_RECORDS)) {
            walk.start();
            walk.follows();
            source.execute(
                    "INSERT INTO item VALUES (2, 'b', 2)",
                    "BEGIN; INSERT INTO item VALUES (3, 'c', 3); ALTER TABLE item ADD added numeric(8,2)[];"
                            + " INSERT INTO item VALUES (4, 'd', 4, '{1.5}'); ALTER TABLE item RENAME name TO label;"
                            + " ALTER TABLE item ALTER label TYPE text, DROP old; INSERT INTO item VALUES (5, 'e'); COMMIT");
            String alter = "DDL ALTER TABLE \"public\".\"item\" ";
            List<String> expected = new ArrayList<>(List.of(
                    "DDL CREATE TABLE \"public\".\"item\" (\n    id integer NOT NULL,\n    name character varying(10),\n"
                            + "    old integer,\n    CONSTRAINT item_pkey PRIMARY KEY (id)\n)",
                    "r 1",
                    "c 2",
                    "c 3",
                    alter + "ADD COLUMN \"added\" numeric(8,2)[]",
                    "c 4",
                    alter + "DROP COLUMN \"old\"",
                    alter + "RENAME COLUMN \"name\" TO \"label\"",
                    alter + "ALTER COLUMN \"label\" TYPE text",
                    "c 5"));
            arrive(walk, expected);
            walk.stop();
            assertThat(walk.events())
                    .contains(
                            "SHAPE_CHANGED: Table public.item: ADD COLUMN \"added\" numeric(8,2)[].",
                            "SHAPE_CHANGED: Table public.item: DROP COLUMN \"old\", RENAME COLUMN \"name\" TO \"label\","
                                    + " ALTER COLUMN \"label\" TYPE text.");

            // nobody runs while this happens; the rows before it are still in the old shape
            source.execute(
                    "INSERT INTO item VALUES (6, 'f')",
                    "ALTER TABLE item ADD late int",
                    "INSERT INTO item VALUES (7, 'g')");
            walk.start();
            expected.addAll(List.of("c 6", alter + "ADD COLUMN \"late\" integer", "c 7"));
            arrive(walk, expected);
            walk.stop();

            walk.start();
            source.execute("INSERT INTO item VALUES (8, 'h')");
            expected.add("c 8");
            arrive(walk, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void partitionsOfWhateverColumnOrderTellAsOneTable(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(
                "CREATE TABLE item (id int, at int, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
                "CREATE TABLE item_1 PARTITION OF item FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE item_2 (note text, gone int, at int NOT NULL, id int NOT NULL)",
                "ALTER TABLE item_2 DROP gone",
                "ALTER TABLE item ATTACH PARTITION item_2 FOR VALUES FROM (10) TO (20)",
                "INSERT INTO item VALUES (1, 1, 'a'), (2, 11, 'b')");
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, "{database}.ddl")) {
            walk.start();
            walk.follows();
            source.execute(
                    "INSERT INTO item VALUES (3, 2, 'c'), (4, 12, 'd')",
                    "ALTER TABLE item ADD added int",
                    "INSERT INTO item VALUES (5, 3, 'e', 1), (6, 13, 'f', 2)",
                    "INSERT INTO item VALUES (7, 4, 'g', 1)");
            await().untilAsserted(() -> assertThat(walk.records("public.item")).hasSize(7));
            walk.stop();
            assertThat(sql(walk))
                    .filteredOn(sql -> sql.startsWith("ALTER"))
                    .containsExactly("ALTER TABLE \"public\".\"item\" ADD COLUMN \"added\" integer");
        }
    }

    @Test
    void whatIsReadTwiceIsNotToldBackwards() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute("CREATE TABLE item (id int PRIMARY KEY)");
        try (Walk walk = walk(source, FormatKind.CANAL_JSON, "{database}.ddl")) {
            walk.start();
            walk.follows();
            var before = walk.checkpoints().load().orElseThrow();
            source.execute(
                    "INSERT INTO item VALUES (1)",
                    "ALTER TABLE item ADD note text",
                    "INSERT INTO item VALUES (2, 'x')");
            await().until(() -> sql(walk).contains("ALTER TABLE \"public\".\"item\" ADD COLUMN \"note\" text"));
            walk.delivers();
            walk.stop();
            int told = sql(walk).size();
            // as after a crash in which the delivery was not saved
            walk.checkpoints()
                    .save(new dev.leat.sync.Checkpoint(
                            before.slot(),
                            before.systemIdentifier(),
                            before.commitLsn(),
                            before.index(),
                            walk.checkpoints().load().orElseThrow().confirmable(),
                            before.timeline()));
            source.execute("INSERT INTO item VALUES (3, 'y')");
            walk.start();
            walk.delivers();
            walk.stop();
            assertThat(sql(walk)).hasSize(told);
            KnownShape shape = walk.checkpoints().shapes().getFirst();
            assertThat(shape.columns()).extracting(KnownShape.KnownColumn::name).containsExactly("id", "note");
        }
    }

    @Test
    void aTableThatIsAlteredWhileItIsCopiedFailsTheTaskAndIsCopiedAnewOnResume() {
        Database source = Servers.postgres(18).newDatabase();
        for (String table : List.of("a", "b", "c", "d", "z")) {
            source.execute(
                    "CREATE TABLE " + table + " (id int PRIMARY KEY, n int)",
                    "INSERT INTO " + table + " SELECT g, g FROM generate_series(1, 900) g");
        }
        Limits slow = new Limits(null, 900, null);
        try (Walk walk =
                walk(source, FormatKind.CANAL_JSON, "{database}.ddl").throttled(new ThrottleSettings(slow, null))) {
            SyncRun run = walk.start();
            await().until(() -> run.status().tables().values().stream()
                    .anyMatch(table -> table.state() == TableProgress.State.COPYING));
            // the same type again: the rows are written anew, and gone in the eyes of the copy's snapshot
            source.execute("ALTER TABLE z ALTER n TYPE int USING n + 1");
            assertThatThrownBy(() -> walk.end().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(SyncException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SCHEMA_CHANGED);
                        assertThat(failure).hasMessageContaining("Table public.z: was altered while it was copied");
                        assertThat(failure.remedy()).contains("Resume");
                    });
            source.execute("ALTER TABLE z ADD late text DEFAULT 'x'");
            walk.throttled(new ThrottleSettings(null, null)).start();
            walk.follows();
            walk.becomesEqual("public.z", "id");
            walk.becomesEqual("public.a", "id");
            walk.stop();
            assertThat(sql(walk)).endsWith("ALTER TABLE \"public\".\"z\" ADD COLUMN \"late\" text");
            assertThat(walk.checkpoints().tables())
                    .extracting(TableProgress::id)
                    .contains(new TableId("public", "z"));
        }
    }

    private static Walk walk(Database source, FormatKind format, String ddlTopic) {
        TaskSettings task = WalkTask.task(source, format, EnumSet.allOf(Phase.class), null, null);
        TaskDestination destination =
                new TaskDestination("kafka", source.name() + ".{schema}.{table}", ddlTopic, 1, null, null);
        return new Walk(source, Servers.kafka(), task.with(destination));
    }

    private static void arrive(Walk walk, List<String> expected) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            if (walk.end().isDone()) {
                walk.end().join();
            }
            assertThat(lines(walk)).isEqualTo(expected);
        });
    }

    private static List<JsonNode> values(Walk walk, String topic) {
        return walk.records(topic).stream()
                .map(ConsumerRecord::value)
                .map(Walk.JSON::readTree)
                .toList();
    }

    private static List<String> keys(Walk walk, String topic) {
        return walk.records(topic).stream()
                .map(ConsumerRecord::key)
                .map(key -> key == null ? null : new String(key, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> sql(Walk walk) {
        return values(walk, "ddl").stream()
                .map(record -> record.path("sql").asString())
                .toList();
    }

    /** The topic of the table, a line a record. */
    private static List<String> lines(Walk walk) {
        return values(walk, "public.item").stream()
                .map(record -> record.has("ddl")
                        ? "DDL " + record.path("ddl").asString()
                        : record.path("op").asString() + " "
                                + record.path("after").path("id").asInt())
                .toList();
    }

    private static List<Map<String, Object>> columns(Database database) {
        return database.query("SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                + " pg_get_expr(d.adbin, d.adrelid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
                + " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0"
                + " ORDER BY 1, a.attnum");
    }
}
