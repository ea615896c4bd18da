package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.FaultProxy;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Limits;
import dev.leat.settings.Phase;
import dev.leat.settings.ThrottleSettings;
import dev.leat.sync.TableProgress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tables that join a task, leave it, fail in it or are copied again, while the others are followed. */
class LateTablesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TableId LATE = new TableId("public", "late");

    private static Walk walk(Database source, String... tables) {
        source.execute(
                "CREATE TABLE early (id int PRIMARY KEY, v int)",
                "INSERT INTO early SELECT g, 0 FROM generate_series(1, 100) g",
                "CREATE TABLE late (id int PRIMARY KEY, v int)",
                "INSERT INTO late SELECT g, 0 FROM generate_series(1, 20000) g");
        return new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))
                .changed(task -> WalkTask.over(task, List.of(tables)));
    }

    /** Changes rows of both tables until it is closed. */
    private static final class Writer implements AutoCloseable {

        private final AtomicBoolean writing = new AtomicBoolean(true);
        private final Thread thread;

        Writer(Database source) {
            thread = Thread.ofPlatform().start(() -> {
                for (int i = 1; writing.get(); i++) {
                    source.execute(
                            "UPDATE late SET v = v + 1 WHERE id IN (%d, %d)".formatted(i % 997 + 1, i % 20_000 + 1),
                            "INSERT INTO late VALUES (%d, 0)".formatted(100_000 + i),
                            "DELETE FROM late WHERE id = %d".formatted(100_000 + i - 20),
                            "DELETE FROM late WHERE id = %d".formatted(20_000 - i),
                            "UPDATE early SET v = v + 1 WHERE id = %d".formatted(i % 100 + 1));
                }
            });
        }

        @Override
        public void close() throws InterruptedException {
            writing.set(false);
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
    }

    private static TableProgress.State state(Walk walk, TableId table) {
        TableProgress progress = walk.status().tables().get(table);
        return progress == null ? null : progress.state();
    }

    private static void joins(Walk walk) {
        await("late joins").atMost(PATIENCE).untilAsserted(() -> {
            if (walk.end().isDone()) {
                walk.end().join();
            }
            assertThat(state(walk, LATE)).isEqualTo(TableProgress.State.FOLLOWING);
        });
    }

    private static void both(Walk walk) {
        walk.becomesEqual("public.early", "id");
        walk.becomesEqual("public.late", "id");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void aTableThatIsAddedIsCopiedUnderLoadAndJoins(int major) throws InterruptedException {
        Database source = Servers.postgres(major).newDatabase();
        try (Walk walk = walk(source, "early")) {
            walk.start();
            walk.follows();
            try (Writer writer = new Writer(source)) {
                walk.stop();
                walk.changed(task -> WalkTask.over(task, List.of("early", "late")))
                        .start();
                joins(walk);
                assertThat(walk.events()).anyMatch(event -> event.startsWith("TABLE_JOINED: Table public.late"));
            }
            both(walk);
            walk.delivers();
            inOrder(walk.records("public.late"));
        }
    }

    /** A row's versions go up by one: none is missing, none comes late. */
    private static void inOrder(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Integer> versions = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode value = Walk.JSON.readTree(record.value());
            JsonNode data = value.get("data").get(0);
            String id = data.get("id").asString();
            if (value.get("type").asString().equals("DELETE")) {
                versions.remove(id);
                continue;
            }
            int version = Integer.parseInt(data.get("v").asString());
            Integer before = versions.put(id, version);
            if (value.get("type").asString().equals("UPDATE")) {
                assertThat(before).as("before %s", data).isEqualTo(version - 1);
            }
        }
    }

    @Test
    void aRunThatDiesWhileATableJoinsLosesNothingOfIt() throws InterruptedException {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early")) {
            walk.start();
            walk.follows();
            try (Writer writer = new Writer(source)) {
                for (int i = 0; i < 3; i++) {
                    walk.stop();
                    walk.changed(task -> WalkTask.over(task, List.of("early", "late")))
                            .start();
                    TableProgress.State reached = i == 0 ? TableProgress.State.WAITING : TableProgress.State.COPYING;
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                        TableProgress.State state = state(walk, LATE);
                        return state != null && state.compareTo(reached) >= 0;
                    });
                }
                joins(walk);
            }
            both(walk);
        }
    }

    @Test
    void aTableWhoseJoiningIsStoppedHalfWayDoesNotCountAsJoined() {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early")) {
            walk.start();
            walk.follows();
            walk.delivers();
            walk.stop();
            walk.throttled(new ThrottleSettings(new Limits(null, 10_000, null), new Limits(null, 100, null)))
                    .changed(task -> WalkTask.over(task, List.of("early", "late")))
                    .start();
            await().atMost(PATIENCE).until(() -> state(walk, LATE) == TableProgress.State.COPYING);
            source.execute("UPDATE late SET v = v + 1 WHERE id <= 600");
            await().atMost(PATIENCE).until(() -> walk.status().rows(Phase.INCREMENTAL) > 20);
            walk.stop();
            walk.throttled(ThrottleSettings.NONE).start();
            joins(walk);
            both(walk);
        }
    }

    @Test
    void aTableThatCannotJoinStopsTheTaskWithItsOwnReason() {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early")) {
            source.execute(
                    "ALTER TABLE late ADD note text", "UPDATE late SET note = repeat('x', 12000000) WHERE id = 7");
            walk.start();
            walk.follows();
            walk.delivers();
            walk.stop();
            walk.changed(task -> WalkTask.over(task, List.of("early", "late"))).start();
            SyncException failure = walk.fails();
            assertThat(failure.kind()).isEqualTo(FailureKind.RECORD_TOO_LARGE);
            assertThat(failure).hasMessageContaining("Table public.late");
        }
    }

    @Test
    void aTableThatIsCopiedAgainEndsAsItIs() throws InterruptedException {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early", "late")) {
            walk.start();
            walk.follows();
            try (Writer writer = new Writer(source)) {
                walk.stop();
                walk.checkpoints().resync(LATE);
                walk.start();
                await().atMost(PATIENCE)
                        .until(() -> walk.checkpoints().resyncs().isEmpty());
                joins(walk);
            }
            both(walk);
            assertThat(walk.checkpoints().resyncs()).isEmpty();
        }
    }

    @Test
    void aTableThatIsTakenOutAndBroughtBackIsCopiedAgain() {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early", "late")) {
            walk.start();
            walk.follows();
            walk.delivers();
            walk.stop();
            walk.changed(task -> WalkTask.over(task, List.of("early"))).start();
            walk.follows();
            assertThat(state(walk, LATE)).isNull();
            source.execute("UPDATE late SET v = 7 WHERE id <= 10", "INSERT INTO early VALUES (1000, 1)");
            walk.delivers();
            walk.stop();
            walk.changed(task -> WalkTask.over(task, List.of("early", "late"))).start();
            joins(walk);
            both(walk);
        }
    }

    @Test
    void aTableThatFailsIsSetAsideWithItsReasonAndComesBackByAResync() {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early", "late").changed(WalkTask::settingAside)) {
            source.execute("ALTER TABLE late ADD note text");
            walk.start();
            walk.follows();
            source.execute(
                    "INSERT INTO late VALUES (500000, 0, repeat('x', 12000000))",
                    "INSERT INTO late VALUES (500001, 0, 'after')",
                    "INSERT INTO early VALUES (1000, 1)");
            walk.becomesEqual("public.early", "id");
            TableProgress aside = walk.status().tables().get(LATE);
            assertThat(aside.state()).isEqualTo(TableProgress.State.SET_ASIDE);
            assertThat(aside.trouble().reason()).contains("public.late", "12.0 MB", "500000");
            assertThat(aside.trouble().remedy()).contains("max.message.bytes");
            assertThat(walk.events())
                    .anyMatch(event -> event.startsWith("TABLE_SET_ASIDE: Set aside: Table public.late"));
            assertThat(walk.records("public.late")).hasSize(20_000);
            walk.delivers();
            walk.stop();

            walk.start();
            walk.follows();
            assertThat(state(walk, LATE)).isEqualTo(TableProgress.State.SET_ASIDE);
            source.execute("DELETE FROM late WHERE id = 500000");
            walk.delivers();
            walk.stop();
            walk.checkpoints().resync(LATE);
            walk.start();
            joins(walk);
            both(walk);
        }
    }

    @Test
    void aTableThatCannotBeCopiedIsSetAsideAndTheOthersAreCopied() {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early", "late", "gone").changed(WalkTask::settingAside)) {
            source.execute(
                    "ALTER TABLE late ADD note text", "UPDATE late SET note = repeat('x', 12000000) WHERE id = 7");
            walk.start();
            walk.follows();
            walk.becomesEqual("public.early", "id");
            assertThat(state(walk, LATE)).isEqualTo(TableProgress.State.SET_ASIDE);
            TableProgress gone = walk.status().tables().get(new TableId("public", "gone"));
            assertThat(gone.state()).isEqualTo(TableProgress.State.SET_ASIDE);
            assertThat(gone.trouble().reason()).contains("public.gone", "does not exist");
        }
    }

    /** Where the run ends in which the task's only table is copied again. */
    private enum End {
        WHILE_IT_IS_COPIED,
        BEHIND_ITS_COPY,
        BEHIND_ITS_COPY_AND_IT_IS_COPIED_ONCE_MORE
    }

    /** Nobody follows then, though the checkpoint goes on: the next run took it for the first one. */
    @ParameterizedTest
    @EnumSource
    void theOnlyTableLosesNothingWhenARunEndsThatCopiesItAgain(End point) throws Exception {
        Database source = Servers.postgres(15).newDatabase();
        try (FaultProxy way = FaultProxy.before(source);
                Walk walk = walk(source, "late")) {
            walk.start();
            walk.follows();
            walk.delivers();
            walk.stop();
            walk.checkpoints().resync(LATE);
            walk.throttled(new ThrottleSettings(new Limits(null, 10_000, null), Limits.NONE));
            Mortal mortal = new Mortal(walk, way);
            if (point != End.WHILE_IT_IS_COPIED) {
                mortal.diesAfter(call -> call instanceof Mortal.SaveTables saved && saved.copied());
            }
            walk.start(mortal);
            await().atMost(PATIENCE).until(() -> state(walk, LATE) == TableProgress.State.COPYING);
            source.execute(
                    "DELETE FROM late WHERE id IN (1, 2, 3, 19999)",
                    "UPDATE late SET v = 9 WHERE id IN (4, 5, 19998)",
                    "INSERT INTO late VALUES (30000, 1)");
            Lsn written = Lsn.parse(source.value("SELECT pg_current_wal_insert_lsn()"));
            source.execute("INSERT INTO late VALUES (30001, 1)");
            await("the checkpoint goes on")
                    .atMost(PATIENCE)
                    .until(() -> walk.checkpoints()
                            .load()
                            .filter(checkpoint -> !checkpoint.commitLsn().isBefore(written))
                            .isPresent());
            if (point == End.WHILE_IT_IS_COPIED) {
                assertThat(state(walk, LATE)).isEqualTo(TableProgress.State.COPYING);
                mortal.die();
            }
            walk.end().handle((ok, thrown) -> thrown).join();
            if (point == End.BEHIND_ITS_COPY_AND_IT_IS_COPIED_ONCE_MORE) {
                walk.checkpoints().resync(LATE);
            }
            way.refuse(false);
            walk.throttled(ThrottleSettings.NONE).start();
            joins(walk);
            walk.becomesEqual("public.late", "id");
        }
    }

    /** What the log told before the gap was sent behind the copy, which is newer. */
    @Test
    void whatWasWrittenBeforeAGapDoesNotUndoTheCopyThatClosesIt() {
        Database source = Servers.postgres(15).newDatabase();
        try (Walk walk = walk(source, "early", "late")) {
            walk.start();
            walk.follows();
            walk.delivers();
            walk.stop();
            source.execute(
                    "UPDATE late SET v = 1 WHERE id = 1",
                    "DELETE FROM late WHERE id = 2",
                    "ALTER PUBLICATION " + walk.slot() + " DROP TABLE late",
                    "UPDATE late SET v = 2 WHERE id = 1",
                    "INSERT INTO late VALUES (2, 2)");
            walk.start();
            joins(walk);
            walk.delivers();
            both(walk);
        }
    }
}
