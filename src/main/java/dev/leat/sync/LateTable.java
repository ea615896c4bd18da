package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.postgres.CatalogTable;
import java.nio.file.Path;

/**
 * A table that joins while the others are followed already. Until its rows are delivered, what the log tells of it is
 * held; then that is sent, and from there on its changes take the road of all others.
 */
final class LateTable implements AutoCloseable {

    /** So few that the others can wait for them to be sent. */
    private static final int FEW = 1_000;

    private enum State {
        HOLDING,
        JOINED,
        ABANDONED
    }

    private final CatalogTable table;
    private final HeldChanges held;
    private volatile State state = State.HOLDING;
    private volatile Lsn asOf = Lsn.ZERO;

    LateTable(CatalogTable table, Path directory) {
        this.table = table;
        this.held = new HeldChanges(directory);
    }

    CatalogTable table() {
        return table;
    }

    TableId id() {
        return table.table().id();
    }

    /** Where its own changes begin: what was committed before is in its copy. */
    void from(Lsn position) {
        asOf = position;
    }

    /** Its copy is over: its changes begin where that says, and one that was set aside has none. */
    void settle(TableProgress progress) {
        from(progress.asOf());
        if (progress.state() == TableProgress.State.SET_ASIDE) {
            abandon();
        }
    }

    boolean wants(Origin origin) {
        return state != State.ABANDONED && Long.compareUnsigned(origin.commitLsn(), asOf.value()) >= 0;
    }

    /** Holds what the log tells; false when the table has joined, and the caller has to send it. */
    boolean hold(Table shape, Origin origin, byte[] frame) {
        return state != State.JOINED && holdUnlessJoined(shape, origin, frame);
    }

    private synchronized boolean holdUnlessJoined(Table shape, Origin origin, byte[] frame) {
        if (state == State.HOLDING) {
            held.add(shape, origin, frame);
        }
        return state != State.JOINED;
    }

    /** Sends what is held at this moment. */
    void send(HeldChanges.Taker taker) {
        held.takeAll((shape, origin, frame) -> {
            if (wants(origin)) {
                taker.take(shape, origin, frame);
            }
        });
    }

    /**
     * Joins the others, if so little is held that they can wait for it.
     *
     * @param flush returns when all that was sent is acknowledged: only then may others send the table's changes
     */
    synchronized boolean join(HeldChanges.Taker taker, Runnable flush) {
        if (held.waiting() > FEW) {
            return false;
        }
        send(taker);
        flush.run();
        if (state == State.HOLDING) {
            state = State.JOINED;
        }
        held.close();
        return true;
    }

    /** Is not wanted any more. */
    void abandon() {
        state = State.ABANDONED;
    }

    boolean abandoned() {
        return state == State.ABANDONED;
    }

    /** Forgets what is held; the source sends it again to whoever goes on. */
    @Override
    public void close() {
        abandon();
        held.close();
    }
}
