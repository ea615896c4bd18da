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
import dev.leat.sync.SyncRun;
import dev.leat.sync.TableProgress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in, records out: the engine on real servers. */
class SyncRunIT {

    private static final String TABLE = "CREATE TABLE item (id bigint PRIMARY KEY, name text, qty int, note text)";

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void copiesThenFollowsAndResumesWhereItStopped(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(TABLE, "INSERT INTO item SELECT g, 'item ' || g, g % 7, NULL FROM generate_series(1, 5000) g");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            source.execute(
                    "UPDATE item SET qty = qty + 1 WHERE id % 10 = 0",
                    "DELETE FROM item WHERE id % 100 = 1",
                    "INSERT INTO item SELECT g, 'new ' || g, 0, E'tab\\tand \"quote\"' FROM generate_series(6001, 6100) g");
            walk.becomesEqual("public.item", "id");
            assertThat(walk.stop()).isEqualTo(SyncRun.End.STOPPED);
            int before = walk.records("public.item").size();
            assertThat(before).isEqualTo(5000 + 500 + 50 + 100);

            source.execute("UPDATE item SET name = 'later' WHERE id = 5000", "UPDATE item SET id = 9999 WHERE id = 2");
            walk.start();
            walk.becomesEqual("public.item", "id");
            walk.stop();
            assertThat(walk.records("public.item"))
                    .as("nothing is sent twice after a clean stop; a changed key is a delete and an insert")
                    .hasSize(before + 3);
            assertThat(walk.checkpoints().tables())
                    .extracting(TableProgress::state)
                    .containsOnly(TableProgress.State.FOLLOWING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void aTaskWithoutTheIncrementalPhaseCompletesAndLeavesNoSlot(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(TABLE, "INSERT INTO item SELECT g, 'item ' || g, g % 7, NULL FROM generate_series(1, 300) g");
        try (Walk walk =
                new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.of(Phase.SCHEMA, Phase.FULL))) {
            walk.start();
            assertThat(walk.end().join()).isEqualTo(SyncRun.End.COMPLETED);
            assertThat(walk.folded("public.item")).isEqualTo(walk.table("public.item", "id"));
            assertThat(source.query("SELECT 1 FROM pg_replication_slots WHERE slot_name = ?", walk.slot()))
                    .isEmpty();
        }
    }

    /** The run took a reader that had told its end, but was still alive for a moment, for a reason to stop. */
    @RepeatedTest(10)
    void aReaderThatOutlivesItsEndDoesNotStopTheRun() {
        Database source = Servers.postgres(12).newDatabase();
        source.execute(TABLE);
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            walk.stop();
            assertThat(walk.checkpoints().tables())
                    .as("a table that is delivered between two looks is not forgotten")
                    .allMatch(table -> table.chunks() > 0 && table.chunksDone() == table.chunks());
        }
    }

    /** The changes of a table that got another name were left out without a word. */
    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void aTableThatIsRenamedIsFollowedOn(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(TABLE, "INSERT INTO item VALUES (1, 'one', 1, NULL)");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            source.execute(
                    "INSERT INTO item VALUES (2, 'before', 2, NULL)",
                    "ALTER TABLE item RENAME TO thing",
                    "INSERT INTO thing VALUES (3, 'after', 3, NULL)",
                    "UPDATE thing SET qty = 10 WHERE id = 1");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(walk.folded("public.item")).isEqualTo(walk.table("public.thing", "id")));
            walk.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void aDroppedSlotIsRefusedBecauseChangesMayBeMissing(int major) {
        Database source = Servers.postgres(major).newDatabase();
        source.execute(TABLE);
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            walk.rests();
            source.query("SELECT pg_drop_replication_slot(?)", walk.slot());
            walk.start();
            assertThatThrownBy(() -> walk.end().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(SyncException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SLOT_LOST);
                        assertThat(failure).hasMessageContaining(walk.slot());
                        assertThat(failure.remedy()).contains("restart");
                    });
        }
    }
}
