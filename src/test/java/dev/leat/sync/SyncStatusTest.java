package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class SyncStatusTest {

    private static final TableId TABLE = new TableId("public", "t");

    @Test
    void aTableThatWasSetAsideIsNotFollowedBecauseSomebodyStillCountsItsRows() {
        SyncStatus status = new SyncStatus(Clock.systemUTC());
        TableProgress copying =
                TableProgress.waiting(TABLE, "t", Lsn.parse("0/10"), 5).copying(2);
        status.table(copying);
        status.table(copying.setAside(new SyncException(FailureKind.RECORD_TOO_LARGE, "Table public.t: too large.")));
        status.table(copying.advanced(3, 1));
        assertThat(status.tables().get(TABLE).state()).isEqualTo(TableProgress.State.SET_ASIDE);
    }
}
