package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Lsn;
import org.junit.jupiter.api.Test;

/** The history file that PostgreSQL writes at a promotion. */
class TimelineHistoryTest {

    @Test
    void tellsWhereEachAncestorEnded() {
        var history = new TimelineHistory("""
                # a comment
                1\t0/A000198\tbefore 2000-01-01 00:00:00+00

                2\t2A/16B37480\tno recovery target specified
                """);
        assertThat(history.endOf(1)).contains(Lsn.parse("0/A000198"));
        assertThat(history.endOf(2)).contains(Lsn.parse("2A/16B37480"));
        assertThat(history.endOf(3)).isEmpty();
    }

    @Test
    void theFirstTimelineHasNoAncestor() {
        assertThat(new TimelineHistory("").endOf(1)).isEmpty();
    }
}
