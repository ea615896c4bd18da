package dev.leat.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a task did at a time.
 *
 * @param at the beginning of its time
 * @param delaySeconds the longest delay; null outside the incremental phase
 * @param walHeldBytes the most WAL that the source kept for the task; null when unknown
 * @param lagBytes the longest lag; null when unknown
 * @param rowsPerSecond rows or changes delivered a second, on average
 * @param bytesPerSecond bytes of records a second, on average
 */
public record Sample(
        Instant at,
        @Nullable Double delaySeconds,
        @Nullable Long walHeldBytes,
        @Nullable Long lagBytes,
        double rowsPerSecond,
        double bytesPerSecond) {}
