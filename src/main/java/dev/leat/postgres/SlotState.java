package dev.leat.postgres;

import dev.leat.change.Lsn;

/**
 * A replication slot as the source sees it ({@code pg_replication_slots}).
 *
 * @param plugin its output plugin; empty for a physical slot
 * @param database the database it belongs to; empty for a physical slot
 * @param active whether somebody reads from it
 * @param restartLsn the oldest WAL that it holds; zero when it holds none any more
 * @param confirmedLsn where it goes on
 * @param lost whether WAL that it needs is gone
 * @param walEnd the source's present end of WAL
 */
public record SlotState(
        String plugin, String database, boolean active, Lsn restartLsn, Lsn confirmedLsn, boolean lost, Lsn walEnd) {

    /** Bytes of WAL that the source keeps because of this slot. */
    public long walHeldBytes() {
        return lost || restartLsn.equals(Lsn.ZERO) ? 0 : Math.max(0, walEnd.minus(restartLsn));
    }
}
