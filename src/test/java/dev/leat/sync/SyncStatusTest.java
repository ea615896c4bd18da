package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** What a run says of a table while several threads report on it. */
class SyncStatusTest {

    private static final TableId TABLE = new TableId("public", "t");

    @Test
    void aTableThatWasSetAsideIsNotFollowedBecauseSomebodyStillCountsItsRows() {
        SyncStatus status = new SyncStatus(Clock.systemUTC());
        TableProgress copying =
                TableProgress.waiting(TABLE, "t", Lsn.parse("0/10"), 5).copying(2);
        status.table(copying);
        status.table(copying.setAside("Table public.t: too large.", "Make it smaller."));
        status.table(copying.advanced(3, 1));
        assertThat(status.tables().get(TABLE).state()).isEqualTo(TableProgress.State.SET_ASIDE);
    }
}
