package dev.leat.settings;

import dev.leat.change.TableId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the task's replication slot is looked after.
 *
 * @param failover whether a slot that Leat makes is kept on standbys too, where the source can do that (17)
 * @param heartbeatTable a table at the source ({@code schema.table}) that a heartbeat is written to, so that the log
 *     itself carries it; null for a logical message, which touches no table
 * @param walBudgetGigabytes how much WAL, in billions of bytes, the source may keep for the slot; null for the server's
 *     own {@code max_slot_wal_keep_size} and, where it has none, for 20
 * @param atWalBudget what happens when that is used up
 */
public record SlotSettings(
        Boolean failover,
        @Nullable String heartbeatTable,
        @Nullable Double walBudgetGigabytes,
        AtWalBudget atWalBudget) {

    /** All defaults. */
    public static final SlotSettings DEFAULT = new SlotSettings(null, null, null, null);

    private static final double DEFAULT_GIGABYTES = 20;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    /** Fills in the defaults: slots survive a failover, and a used budget is only told. */
    public SlotSettings(
            @Nullable Boolean failover,
            @Nullable String heartbeatTable,
            @Nullable Double walBudgetGigabytes,
            @Nullable AtWalBudget atWalBudget) {
        this.failover = failover == null || failover;
        this.heartbeatTable = heartbeatTable;
        this.walBudgetGigabytes = walBudgetGigabytes;
        this.atWalBudget = atWalBudget == null ? AtWalBudget.ALERT : atWalBudget;
    }

    /** The budget in bytes, for a server that has no limit of its own. */
    public long walBudgetBytes() {
        return (long) ((walBudgetGigabytes == null ? DEFAULT_GIGABYTES : walBudgetGigabytes) * BYTES_PER_GIGABYTE);
    }

    /** The heartbeat's table; empty when it is a message. */
    public Optional<TableId> heartbeat() {
        return Optional.ofNullable(heartbeatTable)
                .filter(name -> name.indexOf('.') >= 0)
                .map(SlotSettings::table);
    }

    private static TableId table(String name) {
        int dot = name.indexOf('.');
        return new TableId(name.substring(0, dot), name.substring(dot + 1));
    }
}
