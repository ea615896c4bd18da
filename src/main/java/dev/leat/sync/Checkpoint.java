package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.postgres.Capabilities;

/**
 * How far a task has come in the log, and in which log.
 *
 * @param slot name of the slot
 * @param systemIdentifier the source cluster's own number; another one means another log
 * @param commitLsn commit LSN of the last transaction of which something was delivered
 * @param index how many changes of it were delivered
 * @param confirmable what the slot may forget: everything before is delivered
 * @param timeline the cluster's timeline, which changes with a failover; 0 when it is not known
 */
public record Checkpoint(
        String slot, String systemIdentifier, Lsn commitLsn, int index, Lsn confirmable, int timeline) {

    /** The start of a slot's log. */
    public static Checkpoint start(String slot, Capabilities source, Lsn consistentPoint) {
        return new Checkpoint(slot, source.systemIdentifier(), Lsn.ZERO, 0, consistentPoint, source.timeline());
    }

    /** Whether anything of the log was delivered. */
    boolean delivered() {
        return !commitLsn.equals(Lsn.ZERO);
    }

    /** The same, as far as a log goes that forked off at a position. */
    Checkpoint on(int successor, Lsn fork) {
        Lsn reached = fork.isBefore(confirmable) ? fork : confirmable;
        return new Checkpoint(slot, systemIdentifier, commitLsn, index, reached, successor);
    }

    /** Whether a change was delivered before this checkpoint was made. */
    public boolean covers(Origin origin) {
        int order = Long.compareUnsigned(origin.commitLsn(), commitLsn.value());
        return order < 0 || order == 0 && origin.index() < index;
    }

    /** The same, with less for the slot to forget. */
    Checkpoint confirmingOnly(Lsn position) {
        return new Checkpoint(slot, systemIdentifier, commitLsn, index, position, timeline);
    }
}
