package dev.leat.task;

import dev.leat.settings.Phase;
import dev.leat.sync.SyncStatus;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The live numbers of the runs on this node. The worker puts them here; views and metrics read them. */
@Component
public class LiveRuns {

    private final Map<UUID, LiveRun> runs = new ConcurrentHashMap<>();
    private final Map<UUID, Totals> totals = new ConcurrentHashMap<>();
    private final InstantSource clock;

    LiveRuns(InstantSource clock) {
        this.clock = clock;
    }

    /** A run has begun. */
    public void begin(UUID task, SyncStatus status) {
        runs.put(task, new LiveRun(status, clock));
        totals(task).begin(status);
    }

    /** A run of the task has ended; its successor on this node may have begun. */
    public void end(UUID task, SyncStatus status) {
        runs.computeIfPresent(task, (id, run) -> run.status() == status ? null : run);
        totals(task).end(status);
    }

    /** What this node has counted of a task since it started, over all runs. */
    Totals totals(UUID task) {
        return totals.computeIfAbsent(task, id -> new Totals());
    }

    void forget(UUID task) {
        totals.remove(task);
    }

    /** The run of a task, when it is on this node. */
    public Optional<LiveRun> of(UUID task) {
        return Optional.ofNullable(runs.get(task));
    }

    /** All runs on this node, by task. */
    Map<UUID, LiveRun> all() {
        return Map.copyOf(runs);
    }

    /** Measures how fast the runs are. */
    @Scheduled(fixedRate = 1000)
    void sample() {
        runs.values().forEach(LiveRun::sample);
    }

    /** Counters of one task that go on over its runs. */
    static final class Totals {

        private final Map<Phase, Long> rowsBefore = new EnumMap<>(Phase.class);
        private final Map<Phase, Long> bytesBefore = new EnumMap<>(Phase.class);
        private @Nullable SyncStatus current;
        private long deadLettersBefore;
        private long shortenedBefore;
        private long retries;

        synchronized void begin(SyncStatus status) {
            end();
            current = status;
        }

        synchronized void end(SyncStatus status) {
            if (current == status) {
                end();
            }
        }

        private void end() {
            for (Phase phase : Phase.values()) {
                rowsBefore.put(phase, rows(phase));
                bytesBefore.put(phase, bytes(phase));
            }
            deadLettersBefore = deadLetters();
            shortenedBefore = shortenedRecords();
            current = null;
        }

        synchronized long rows(Phase phase) {
            return rowsBefore.getOrDefault(phase, 0L) + (current == null ? 0 : current.rows(phase));
        }

        synchronized long bytes(Phase phase) {
            return bytesBefore.getOrDefault(phase, 0L) + (current == null ? 0 : current.bytes(phase));
        }

        synchronized long deadLetters() {
            return deadLettersBefore + (current == null ? 0 : current.deadLetters());
        }

        synchronized long shortenedRecords() {
            return shortenedBefore + (current == null ? 0 : current.shortenedRecords());
        }

        synchronized long retries() {
            return retries;
        }

        synchronized void retry() {
            retries++;
        }
    }

    /** One run's numbers, with rates over the last seconds. */
    public static final class LiveRun {

        /** Weight of the newest second in the moving average. */
        private static final double WEIGHT = 0.3;

        private final SyncStatus status;
        private final InstantSource clock;
        private long lastMillis;
        private long lastRows;
        private long lastBytes;
        private double worstDelay;
        private volatile double rowsPerSecond;
        private volatile double bytesPerSecond;

        LiveRun(SyncStatus status, InstantSource clock) {
            this.status = status;
            this.clock = clock;
            this.lastMillis = clock.millis();
        }

        /** The run's own numbers. */
        public SyncStatus status() {
            return status;
        }

        /** Rows or changes a second, lately. */
        public double rowsPerSecond() {
            return rowsPerSecond;
        }

        /** Bytes of records a second, lately. */
        public double bytesPerSecond() {
            return bytesPerSecond;
        }

        synchronized void sample() {
            long now = clock.millis();
            double seconds = Math.max(0.001, (now - lastMillis) / 1000.0);
            long rows = status.rows(Phase.FULL) + status.rows(Phase.INCREMENTAL);
            long bytes = status.bytes(Phase.FULL) + status.bytes(Phase.INCREMENTAL);
            rowsPerSecond = average(rowsPerSecond, (rows - lastRows) / seconds);
            bytesPerSecond = average(bytesPerSecond, (bytes - lastBytes) / seconds);
            status.delaySeconds().ifPresent(delay -> worstDelay = Math.max(worstDelay, delay));
            lastMillis = now;
            lastRows = rows;
            lastBytes = bytes;
        }

        /** The longest delay that was measured since this was asked the last time; empty outside the incremental phase. */
        synchronized Optional<Double> takeWorstDelay() {
            double worst = worstDelay;
            worstDelay = 0;
            return status.delaySeconds().map(now -> Math.max(now, worst));
        }

        private static double average(double before, double now) {
            double value = before + WEIGHT * (now - before);
            return value < 0.05 ? 0 : value;
        }
    }
}
