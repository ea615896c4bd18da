package dev.leat.change;

/** What leaves the reader of the log: a change, a shape, the end of a transaction, a logical message, or a sign
 * that nothing happened. */
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

    /**
     * Somebody wrote a logical message into the log.
     *
     * @param at its transaction, and how many changes of that came before it; of a message outside of transactions, its
     *     own place and the time at which it was sent, without a transaction
     * @param number running number among the messages of its transaction, from 1; 0 outside of transactions
     */
    record Message(Origin at, int number, String prefix, byte[] content) implements WalEvent {

        /** Whether it belongs to a transaction. */
        public boolean transactional() {
            return number > 0;
        }
    }

    /** Nothing of ours up to here. */
    record Idle(long walEnd) implements WalEvent {}
}
