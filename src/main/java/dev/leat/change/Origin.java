package dev.leat.change;

import org.jspecify.annotations.Nullable;

/**
 * Where a change comes from. LSNs are unsigned numbers here and no objects, because one is made per row.
 *
 * @param commitLsn the transaction's commit record; of a copied row, the snapshot's consistent point
 * @param lsn the change's own record; of a copied row, the consistent point too
 * @param index running number of the change in its transaction, from 0; of a copied row, its chunk
 * @param transactionId the transaction's id; 0 for a copied row
 * @param committedAtMicros commit time in microseconds since 1970 UTC; of a copied row, the snapshot's time
 * @param previousCommitLsn end of the transaction before; 0 when there is none
 * @param transactionSize how many changes the transaction has, where the record format asks for it; else 0
 * @param replicatedFrom name of the replication origin of a transaction that was itself replicated; else null
 * @param originLsn its commit there; 0 without one
 */
public record Origin(
        long commitLsn,
        long lsn,
        int index,
        int transactionId,
        long committedAtMicros,
        long previousCommitLsn,
        int transactionSize,
        @Nullable String replicatedFrom,
        long originLsn) {

    /** Where a change comes from whose transaction's size nobody asks for, and that was not itself replicated. */
    public Origin(
            long commitLsn, long lsn, int index, int transactionId, long committedAtMicros, long previousCommitLsn) {
        this(commitLsn, lsn, index, transactionId, committedAtMicros, previousCommitLsn, 0, null, 0);
    }
}
