package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.FailoverPair;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import dev.leat.sync.Checkpoint;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A standby takes over (fault point 19): the task goes on where it has all that was delivered, and nowhere else. */
class FailoverIT {

    @Test
    void aTaskGoesOnAtAStandbyThatHasAllThatWasDelivered() {
        try (FailoverPair servers = new FailoverPair()) {
            Database source = servers.newDatabase();
            source.execute(
                    "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                    "INSERT INTO item SELECT g, 'copied' FROM generate_series(1, 100) g");
            try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
                followAndPromote(servers, source, walk);
                Checkpoint whole = walk.checkpoints().load().orElseThrow();

                // the former primary lives on, and the task delivers what the standby will never have
                walk.start();
                walk.follows();
                source.execute("INSERT INTO item VALUES (900, 'only on the former primary')");
                walk.becomesEqual("public.item", "id");
                walk.stop();
                try (Walk moved = walk.at(servers.onStandby(source))) {
                    refused(moved);

                    moved.checkpoints().save(whole);
                    goesOn(moved, servers.onStandby(source));
                }
            }
        }
    }

    private static void followAndPromote(FailoverPair servers, Database source, Walk walk) {
        walk.start();
        walk.follows();
        source.execute("INSERT INTO item VALUES (101, 'before the slot is synchronized')");
        servers.syncs(walk.slot());
        source.execute("INSERT INTO item VALUES (102, 'delivered'), (103, 'too')", "DELETE FROM item WHERE id < 10");
        walk.becomesEqual("public.item", "id");
        walk.stop();
        source.execute("UPDATE item SET name = 'not delivered yet' WHERE id = 50");
        servers.promote();
    }

    private static void refused(Walk moved) {
        moved.start();
        assertThatThrownBy(() -> moved.end().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(SyncException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_SLOT_LOST);
                    assertThat(failure)
                            .hasMessageContaining(moved.slot())
                            .hasMessageContaining("a standby took over at")
                            .hasMessageContaining("timeline 2");
                    assertThat(failure.remedy()).contains("restart the task", "copies all tables again");
                });
    }

    /** The topic holds one record that the new primary has no row for, which the refusal was about. */
    private static void goesOn(Walk moved, Database promoted) {
        moved.start();
        moved.follows();
        promoted.execute(
                "INSERT INTO item VALUES (104, 'at the new primary')", "INSERT INTO item VALUES (900, 'here too')");
        moved.becomesEqual("public.item", "id");
        moved.stop();
        assertThat(moved.checkpoints().load().orElseThrow().timeline()).isEqualTo(2);
    }
}
