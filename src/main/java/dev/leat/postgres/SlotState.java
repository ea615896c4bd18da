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
 * @param status what the source says of the WAL that it needs, such as {@code lost, wal_removed}; empty before 13
 * @param failover whether it is kept on standbys too
 * @param keepLimitBytes the server's {@code max_slot_wal_keep_size}; -1 when it has none
 * @param walEnd the source's present end of WAL
 */
public record SlotState(
        String plugin,
        String database,
        boolean active,
        Lsn restartLsn,
        Lsn confirmedLsn,
        boolean lost,
        String status,
        boolean failover,
        long keepLimitBytes,
        Lsn walEnd) {

    /** Bytes of WAL that the source keeps because of this slot. */
    public long walHeldBytes() {
        return lost || restartLsn.equals(Lsn.ZERO) ? 0 : Math.max(0, walEnd.minus(restartLsn));
    }
}
