package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import org.jspecify.annotations.Nullable;

/**
 * How far one table has come.
 *
 * @param id the table
 * @param topic the topic of its records
 * @param state where it stands
 * @param asOf consistent point of the first snapshot that it was read from: the log's transactions from there on belong
 *     to it. It stays when the copy starts over, because rows that the first attempt delivered may have been deleted
 *     before the next snapshot, and only the log still tells
 * @param rows rows copied
 * @param estimatedRows the planner's estimate
 * @param chunksDone chunks copied
 * @param chunks chunks in all; 0 before it was planned
 * @param trouble why it was set aside; null in every other state
 */
public record TableProgress(
        TableId id,
        String topic,
        State state,
        Lsn asOf,
        long rows,
        long estimatedRows,
        int chunksDone,
        int chunks,
        @Nullable Trouble trouble) {

    /** Where a table stands. */
    public enum State {
        /** Set when the task first sees the table. */
        WAITING,
        /** Set by the full phase when it starts to read the table; a crash in this state starts the copy over. */
        COPYING,
        /** Set by the full phase when Kafka has acknowledged every row. */
        COPIED,
        /** Set by the incremental phase when it starts. */
        FOLLOWING,
        /** Set when the table's failure was put aside so that the others go on. */
        SET_ASIDE
    }

    /** What happened to a table that was set aside, and what to do about it. */
    public record Trouble(String reason, String remedy) {}

    /** A table that nothing was read of. */
    public static TableProgress waiting(TableId id, String topic, Lsn asOf, long estimatedRows) {
        return new TableProgress(id, topic, State.WAITING, asOf, 0, estimatedRows, 0, 0, null);
    }

    /** Whether its rows are all in the topic. */
    public boolean copied() {
        return state == State.COPIED || state == State.FOLLOWING;
    }

    TableProgress copying(int plannedChunks) {
        return new TableProgress(id, topic, State.COPYING, asOf, 0, estimatedRows, 0, plannedChunks, null);
    }

    TableProgress advanced(long rowsNow, int chunksNow) {
        return new TableProgress(id, topic, state, asOf, rowsNow, estimatedRows, chunksNow, chunks, trouble);
    }

    TableProgress finished(long rowsInAll) {
        return new TableProgress(id, topic, State.COPIED, asOf, rowsInAll, rowsInAll, chunks, chunks, null);
    }

    TableProgress following() {
        return new TableProgress(id, topic, State.FOLLOWING, asOf, rows, estimatedRows, chunksDone, chunks, null);
    }

    /** The same under another position, from which on the log's changes belong to it. */
    TableProgress from(Lsn position) {
        return new TableProgress(id, topic, state, position, rows, estimatedRows, chunksDone, chunks, trouble);
    }

    TableProgress setAside(String reason, String remedy) {
        Trouble why = new Trouble(reason, remedy);
        return new TableProgress(id, topic, State.SET_ASIDE, asOf, rows, estimatedRows, chunksDone, chunks, why);
    }
}
