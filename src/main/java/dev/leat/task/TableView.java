package dev.leat.task;

import org.jspecify.annotations.Nullable;

/**
 * One table of a task as it is shown.
 *
 * @param schema its schema
 * @param table its name
 * @param topic the topic of its records
 * @param state {@code WAITING}, {@code COPYING}, {@code COPIED}, {@code FOLLOWING} or {@code SET_ASIDE}
 * @param rows rows copied so far
 * @param estimatedRows the planner's estimate when the copy began
 * @param percent 0 to 100
 * @param chunksDone chunks copied
 * @param chunks chunks in all
 * @param asOf consistent point of the snapshot that it was copied from; null before
 * @param reason why it was set aside; null otherwise
 * @param remedy what to do about it; null otherwise
 */
public record TableView(
        String schema,
        String table,
        String topic,
        String state,
        long rows,
        long estimatedRows,
        double percent,
        int chunksDone,
        int chunks,
        @Nullable String asOf,
        @Nullable String reason,
        @Nullable String remedy) {}
