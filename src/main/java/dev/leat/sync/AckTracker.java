package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.kafka.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Knows how far everything is delivered: groups of records stand in the log's order, and only a prefix of delivered
 * groups counts. Filled by the phase's thread, advanced by the thread that saves checkpoints.
 */
final class AckTracker {

    /**
     * A group of records and what its delivery proves.
     *
     * @param delivery its acknowledgements; null when it had no records
     * @param commitLsn transaction it belongs to; 0 for an idle position and outside of transactions
     * @param index how many changes of the transaction are delivered with it
     * @param confirmable what the slot may forget after it; 0 in the middle of a transaction
     * @param committedAtMicros commit time; 0 for an idle position
     */
    private record Entry(
            @Nullable Delivery delivery, long commitLsn, int index, long confirmable, long committedAtMicros) {

        boolean delivered() {
            return delivery == null || delivery.delivered();
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Checkpoint start;
    private Checkpoint checkpoint;
    private boolean holding;

    AckTracker(Checkpoint start) {
        this.start = start;
        this.checkpoint = start;
    }

    /** Lets the slot forget nothing more, though deliveries go on to count, until it is released. */
    synchronized void hold() {
        holding = true;
    }

    /** Lets the slot forget what is delivered. */
    synchronized void release() {
        holding = false;
    }

    /** A part of a transaction was sent. */
    synchronized void part(Delivery delivery, long commitLsn, int index, long committedAtMicros) {
        entries.add(new Entry(delivery, commitLsn, index, 0, committedAtMicros));
    }

    /** The last part of a transaction was sent. */
    synchronized void transaction(
            @Nullable Delivery delivery, long commitLsn, int index, long endLsn, long committedAtMicros) {
        entries.add(new Entry(delivery, commitLsn, index, endLsn, committedAtMicros));
    }

    /**
     * A record from between two transactions was sent. It stands under no transaction: the next one may have its commit
     * where this record ends, and would pass for begun.
     */
    synchronized void between(Delivery delivery, long endLsn, long sentAtMicros) {
        entries.add(new Entry(delivery, 0, 0, endLsn, sentAtMicros));
    }

    /** The log holds nothing of ours up to a position. */
    synchronized void idle(long walEnd) {
        Entry last = entries.peekLast();
        if (last != null && last.commitLsn == 0 && last.delivery == null) {
            entries.removeLast();
        }
        entries.add(new Entry(null, 0, 0, walEnd, 0));
    }

    /** The furthest checkpoint that all acknowledgements so far allow. */
    synchronized Checkpoint advance() {
        long commitLsn = checkpoint.commitLsn().value();
        int index = checkpoint.index();
        long confirmable = checkpoint.confirmable().value();
        for (Entry entry = entries.peek(); entry != null && entry.delivered(); entry = entries.peek()) {
            entries.remove();
            if (entry.commitLsn != 0 && Long.compareUnsigned(entry.commitLsn, commitLsn) >= 0) {
                index = entry.commitLsn == commitLsn ? Math.max(index, entry.index) : entry.index;
                commitLsn = entry.commitLsn;
            }
            if (Long.compareUnsigned(entry.confirmable, confirmable) > 0) {
                confirmable = entry.confirmable;
            }
        }
        checkpoint = new Checkpoint(
                checkpoint.slot(),
                checkpoint.systemIdentifier(),
                new Lsn(commitLsn),
                index,
                new Lsn(confirmable),
                checkpoint.timeline());
        return holding ? checkpoint.confirmingOnly(start.confirmable()) : checkpoint;
    }

    /** Commit time of the oldest group that is not delivered; 0 when there is none. */
    synchronized long pendingSinceMicros() {
        for (Entry entry : entries) {
            if (entry.committedAtMicros != 0) {
                return entry.committedAtMicros;
            }
        }
        return 0;
    }

    /** Whether nothing is waiting for an acknowledgement. */
    synchronized boolean empty() {
        return entries.isEmpty();
    }
}
