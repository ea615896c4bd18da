package dev.leat.task;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node that runs Leat, as it is shown.
 *
 * @param name its name, unique among them
 * @param group whose tasks it runs
 * @param version of Leat
 * @param seenAt when it last said that it is there
 * @param alive whether that was only just
 * @param processors how many it may use
 * @param cpuLoad share of them that it uses, 0 to 1; null when unknown
 * @param heapBytes memory that it uses
 * @param heapLimit memory that it may use
 * @param tasks what it runs, by name
 */
public record NodeView(
        String name,
        String group,
        String version,
        Instant startedAt,
        Instant seenAt,
        boolean alive,
        int processors,
        @Nullable Double cpuLoad,
        long heapBytes,
        long heapLimit,
        List<RunningTask> tasks) {

    /** A task that a node runs. */
    public record RunningTask(UUID id, String name, String state) {}
}
