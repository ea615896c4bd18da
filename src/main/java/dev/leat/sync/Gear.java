package dev.leat.sync;

import dev.leat.postgres.ShapeGuard;

/**
 * What all phases that send rows work with.
 *
 * @param routes the roads of the tables' rows
 * @param news tells changed shapes
 * @param guard knows which tables were altered while they were copied
 * @param failures what becomes of a table that fails
 * @param checkpoints where progress is saved
 * @param status the run's live numbers
 */
record Gear(
        Routes routes,
        ShapeNews news,
        ShapeGuard guard,
        TableFailures failures,
        Checkpoints checkpoints,
        SyncStatus status) {}
