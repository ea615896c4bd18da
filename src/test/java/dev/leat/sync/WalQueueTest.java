package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.WalBatch;
import org.junit.jupiter.api.Test;

/** What the reader of the log hands over, and how it ends. */
class WalQueueTest {

    private final WalQueue queue = new WalQueue();

    /** The run ended as if it had been told to stop, and began again at once, without a word and without a pause. */
    @Test
    void aFailureThatComesWhileABatchIsWorkedOnIsNotLost() throws InterruptedException {
        queue.offer(new WalBatch(), 0);
        assertThat(queue.finished()).isFalse();
        assertThat(queue.take(0)).isPresent();
        queue.close(new SyncException(FailureKind.SOURCE_UNREACHABLE, "Source: is gone."));

        assertThatThrownBy(queue::finished).hasMessage("Source: is gone.");
    }

    @Test
    void whatCameBeforeTheFailureIsTakenFirst() throws InterruptedException {
        queue.offer(new WalBatch(), 0);
        queue.close(new SyncException(FailureKind.SOURCE_UNREACHABLE, "Source: is gone."));

        assertThat(queue.finished()).isFalse();
        assertThat(queue.take(0)).isPresent();
        assertThatThrownBy(() -> queue.take(0)).hasMessage("Source: is gone.");
    }

    @Test
    void anEndWithoutAFailureIsAnEnd() {
        queue.close(null);

        assertThat(queue.finished()).isTrue();
    }
}
