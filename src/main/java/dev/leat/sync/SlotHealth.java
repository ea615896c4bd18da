package dev.leat.sync;

import dev.leat.change.Lsn;
import java.time.Instant;
import java.util.Optional;

/**
 * What a look at a task's slot found.
 *
 * @param slot its name
 * @param lost whether WAL that it needs is gone, so that nobody can go on from it
 * @param failover whether standbys keep it too
 * @param restartLsn the oldest WAL that the source keeps for it
 * @param confirmedLsn where it goes on
 * @param trend how much WAL that is, and how it grows
 * @param limit how much it may be
 */
public record SlotHealth(
        String slot, boolean lost, boolean failover, Lsn restartLsn, Lsn confirmedLsn, WalTrend trend, WalLimit limit) {

    /** How much of the limit is used, in percent. */
    public int percent() {
        return limit.percent(trend.heldBytes());
    }

    /** When the limit is reached at the present growth; empty when it is not. */
    public Optional<Instant> fullAt() {
        return trend.reaches(limit.bytes());
    }
}
