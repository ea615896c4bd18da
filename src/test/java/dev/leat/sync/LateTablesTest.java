package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How far the log has to be followed before a table may join. */
class LateTablesTest {

    /** A keep-alive can name the very position at which a transaction is committed that has not come yet. */
    @Test
    void aTransactionIsOverOnlyWhenTheLogWentBeyondItsCommit() {
        try (LateTables late = new LateTables(List.of(), new AtomicBoolean())) {
            assertThat(late.reached(100)).isFalse();
            late.passed(100);
            assertThat(late.reached(100)).isFalse();
            late.passed(108);
            assertThat(late.reached(100)).isTrue();
        }
    }
}
