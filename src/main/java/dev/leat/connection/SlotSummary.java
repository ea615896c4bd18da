package dev.leat.connection;

import org.jspecify.annotations.Nullable;

/**
 * A logical replication slot at a source.
 *
 * @param name its name
 * @param database the database that it belongs to
 * @param active whether somebody reads from it
 * @param lost whether WAL that it needs is gone
 * @param walHeldBytes WAL that the source keeps for it; null when it keeps none any more
 */
public record SlotSummary(
        String name,
        String database,
        boolean active,
        boolean lost,
        @Nullable Long walHeldBytes) {}
