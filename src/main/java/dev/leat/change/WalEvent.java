package dev.leat.change;

/** What leaves the reader of the log: a change, a shape, the end of a transaction, or a sign that nothing happened. */
public sealed interface WalEvent {

    /** A row changed. */
    record Changed(Change change) implements WalEvent {}

    /**
     * What the rows of a table look like from here on; comes before the first of them, and again when a stream begins.
     *
     * @param table the shape
     * @param at the position of the change that comes next
     */
    record Described(Table table, Origin at) implements WalEvent {}

    /** A transaction is complete; {@code endLsn} is what may be confirmed once all of it is delivered. */
    record Committed(long commitLsn, long endLsn, long committedAtMicros) implements WalEvent {}

    /** Nothing of ours up to here. */
    record Idle(long walEnd) implements WalEvent {}
}
