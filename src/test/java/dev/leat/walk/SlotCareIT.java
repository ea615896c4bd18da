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
import dev.leat.settings.Phase;
import dev.leat.settings.SlotSettings;
import dev.leat.sync.Checkpoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slot of a task moves on while its tables rest, and is refused when it is not what it was. */
class SlotCareIT {

    private static final String TABLE = "CREATE TABLE item (id bigint PRIMARY KEY, name text)";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void theSlotOfIdleTablesLetsGoOfWhatOthersWrite(int major) {
        Database source = Servers.postgres(major).newDatabase();
        Database neighbour = Servers.postgres(major).newDatabase();
        source.execute(TABLE, "CREATE TABLE unpublished (id bigint)");
        try (Walk walk = new Walk(
                source,
                Servers.kafka(),
                FormatKind.CANAL_JSON,
                EnumSet.allOf(Phase.class),
                ObjectRule.of("public", "item"))) {
            walk.start();
            walk.follows();
            String before = source.value("SELECT pg_current_wal_lsn()");
            neighbour.execute("CREATE TABLE busy AS SELECT g, repeat('x', 500) FROM generate_series(1, 20000) g");
            source.execute("INSERT INTO unpublished SELECT g FROM generate_series(1, 20000) g", "CHECKPOINT");
            String after = source.value("SELECT pg_current_wal_lsn()");
            await("WAL of the others is let go")
                    .atMost(PATIENCE)
                    .until(() -> source.value(
                                    "SELECT restart_lsn > ?::text::pg_lsn AND confirmed_flush_lsn >= ?::text::pg_lsn"
                                            + " FROM pg_replication_slots WHERE slot_name = ?",
                                    before,
                                    after,
                                    walk.slot())
                            .equals("true"));
            assertThat(walk.records("public.item")).isEmpty();
            walk.stop();
        } finally {
            neighbour.drop();
        }
    }

    @Test
    void aHeartbeatTableBeatsThroughTheSlotAndNotInKafka() {
        Database source = Servers.postgres(12).newDatabase();
        source.execute(TABLE, "CREATE SCHEMA pulse");
        try (Walk walk = new Walk(
                        source,
                        Servers.kafka(),
                        FormatKind.CANAL_JSON,
                        EnumSet.allOf(Phase.class),
                        ObjectRule.of("public", null))
                .caring(new SlotSettings(null, "pulse.beat", null, null))) {
            walk.start();
            walk.follows();
            await("a beat")
                    .atMost(PATIENCE)
                    .until(() -> source.value("SELECT count(*) FROM pulse.beat").equals("1"));
            await("a checkpoint at the beat")
                    .atMost(PATIENCE)
                    .until(() ->
                            walk.checkpoints().load().orElseThrow().commitLsn().value() != 0);
            source.execute("INSERT INTO item VALUES (1, 'one')");
            walk.becomesEqual("public.item", "id");
            walk.stop();
            assertThat(walk.status().rows(Phase.INCREMENTAL)).isEqualTo(1);
        }
    }

    @Test
    void aSlotThatWasMadeAgainOrAdvancedIsRefused() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(TABLE);
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            walk.rests();
            source.execute("INSERT INTO item VALUES (1, 'missed')");
            source.query("SELECT pg_replication_slot_advance(?::text, pg_current_wal_lsn())", walk.slot());
            refused(walk, "was advanced or made again elsewhere");

            source.query("SELECT pg_drop_replication_slot(?)", walk.slot());
            refused(walk, "does not exist any more");

            source.query("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", walk.slot());
            refused(walk, "was advanced or made again elsewhere");
        }
    }

    @Test
    void anotherClusterIsRefusedBeforeAnythingIsWrittenToIt() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(TABLE);
        Database other = Servers.postgres(15).newDatabase();
        other.execute(TABLE, "INSERT INTO item VALUES (1, 'of the other')");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            walk.stop();
            try (Walk moved = walk.at(other)) {
                refused(moved, "is another cluster");
                assertThat(other.query("SELECT 1 FROM pg_publication")).isEmpty();
                assertThat(other.query("SELECT 1 FROM pg_replication_slots WHERE database = ?", other.name()))
                        .isEmpty();
            }
        }
    }

    @Test
    void aLogThatEndsBeforeWhatWasDeliveredIsRefused() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(TABLE);
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            walk.stop();
            Checkpoint saved = walk.checkpoints().load().orElseThrow();
            walk.checkpoints()
                    .save(new Checkpoint(
                            saved.slot(),
                            saved.systemIdentifier(),
                            saved.commitLsn(),
                            saved.index(),
                            new dev.leat.change.Lsn(saved.confirmable().value() + (1L << 40)),
                            saved.timeline()));
            refused(walk, "restored from a backup");

            walk.checkpoints()
                    .save(new Checkpoint(
                            saved.slot(),
                            saved.systemIdentifier(),
                            saved.commitLsn(),
                            saved.index(),
                            saved.confirmable(),
                            saved.timeline() + 7));
            refused(walk, "does not come from timeline " + (saved.timeline() + 7));
        }
    }

    private static void refused(Walk walk, String what) {
        walk.start();
        assertThatThrownBy(() -> walk.end().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(SyncException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SLOT_LOST);
                    assertThat(failure).hasMessageContaining(walk.slot()).hasMessageContaining(what);
                    assertThat(failure.remedy()).contains("restart the task", "copies all tables again");
                });
    }
}
