package dev.leat.sync;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.WalBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands batches of the log from the thread that reads to the one that encodes; bounded by bytes, not by number. */
final class WalQueue {

    private static final long MAX_BYTES = 16 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<WalBatch> batches = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private @Nullable RuntimeException failure;

    /** Waits a little for room; false when there is none yet. A batch larger than the bound passes when it is alone. */
    boolean offer(WalBatch batch, long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (bytes > 0 && bytes + batch.bytes() > MAX_BYTES) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            batches.add(batch);
            bytes += batch.bytes();
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; empty when none came in time or none will come any more. */
    Optional<WalBatch> take(long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (batches.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            WalBatch batch = batches.poll();
            if (batch == null) {
                rethrow();
                return Optional.empty();
            }
            bytes -= batch.bytes();
            changed.signalAll();
            return Optional.of(batch);
        } finally {
            lock.unlock();
        }
    }

    /** Says that no batch will come any more, and why, if it is a failure. */
    void close(@Nullable Throwable cause) {
        lock.lock();
        try {
            closed = true;
            failure = cause == null || cause instanceof RuntimeException
                    ? (RuntimeException) cause
                    : new SyncException(FailureKind.UNKNOWN, "The reader of the log died of " + cause + ".", cause);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is nothing to take at the moment. */
    boolean empty() {
        lock.lock();
        try {
            return batches.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all batches were taken and none will come any more; throws the reason, if it is a failure. */
    boolean finished() {
        lock.lock();
        try {
            boolean finished = closed && batches.isEmpty();
            if (finished) {
                rethrow();
            }
            return finished;
        } finally {
            lock.unlock();
        }
    }

    private void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }
}
