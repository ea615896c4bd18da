package dev.leat.sync;

import dev.leat.change.Chunk;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.ChunkPlanner;
import dev.leat.postgres.ExportedSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Copies the rows of the tables that are not copied yet, all from one snapshot, several chunks at a time. A table counts
 * as copied when Kafka has acknowledged its last row and that is saved; a crash before starts it over.
 */
final class FullPhase {

    private static final long CHECK_MILLIS = 100;

    private final Gear gear;
    private final KafkaSink sink;
    private final Throttle throttle;
    private final AtomicBoolean stopping;
    private final BlockingQueue<ReaderEnd> ends = new LinkedBlockingQueue<>();

    FullPhase(Gear gear, KafkaSink sink, Throttle throttle) {
        this.gear = gear;
        this.sink = sink;
        this.throttle = throttle;
        this.stopping = gear.stopping();
    }

    /** Copies; returns early, with tables left, when the run is told to stop. */
    void run(ExportedSnapshot snapshot, ChunkPlanner planner, List<CatalogTable> tables, int readers)
            throws InterruptedException {
        Set<CatalogTable> altered = refuseAltered(tables);
        List<TableCopy> copies = plan(
                planner,
                tables.stream().filter(table -> !altered.contains(table)).toList());
        ConcurrentLinkedQueue<TableCopy.Part> parts = new ConcurrentLinkedQueue<>();
        copies.forEach(copy -> parts.addAll(copy.parts()));
        int count = Math.max(1, Math.min(readers, parts.size()));
        List<Thread> threads = new ArrayList<>();
        boolean copied = false;
        try {
            for (int i = 0; i < count; i++) {
                ChunkReader reader = new ChunkReader(gear, sink, throttle, snapshot);
                threads.add(Thread.ofPlatform()
                        .name(Thread.currentThread().getName() + "-copy-" + i)
                        .start(() -> ends.add(ReaderEnd.of(() -> reader.readAll(parts)))));
            }
            watch(copies, count);
            copied = true;
        } finally {
            // readers that have told their end may still be alive for a moment: that is no reason to stop the run
            stopping.compareAndSet(false, !copied);
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            }
        }
    }

    private List<TableCopy> plan(ChunkPlanner planner, List<CatalogTable> tables) {
        Map<TableId, TableProgress> known = gear.status().tables();
        List<TableCopy> copies = new ArrayList<>();
        List<TableProgress> started = new ArrayList<>();
        for (CatalogTable table : tables) {
            List<Chunk> chunks =
                    planner.plan(table).stream().map(gear.routes()::filtered).toList();
            TableProgress progress =
                    Objects.requireNonNull(known.get(table.table().id())).copying(chunks.size());
            copies.add(new TableCopy(table, chunks, progress));
            started.add(progress);
        }
        // saved before the first row is sent: from here on a table keeps its asOf over every restart
        Set<TableId> saved = gear.failures().saveUnlessSetAside(started).stream()
                .map(TableProgress::id)
                .collect(Collectors.toSet());
        copies.removeIf(copy -> !saved.contains(copy.progress().id()));
        return copies;
    }

    /** Waits for the readers, and meanwhile saves every table whose rows are all acknowledged. */
    private void watch(List<TableCopy> copies, int readers) throws InterruptedException {
        List<TableCopy> open = new ArrayList<>(copies);
        int running = readers;
        while (running > 0 || !open.isEmpty() && !stopping.get()) {
            ReaderEnd end = ends.poll(CHECK_MILLIS, TimeUnit.MILLISECONDS);
            if (end != null) {
                end.rethrow();
                running--;
            }
            sink.check();
            saveFinished(open);
        }
    }

    private void saveFinished(List<TableCopy> open) {
        open.removeIf(TableCopy::abandoned);
        // asked once each: a table that is delivered between two questions must not be forgotten
        List<TableCopy> delivered = open.stream().filter(TableCopy::delivered).toList();
        open.removeAll(delivered);
        open.forEach(copy -> gear.status().table(copy.progress()));
        if (!delivered.isEmpty()) {
            Set<CatalogTable> altered =
                    refuseAltered(delivered.stream().map(TableCopy::table).toList());
            List<TableProgress> finished = delivered.stream()
                    .filter(copy -> !altered.contains(copy.table()))
                    .map(TableCopy::progress)
                    .map(progress -> progress.finished(progress.rows()))
                    .toList();
            gear.failures().saveUnlessSetAside(finished);
        }
    }

    /** Before a table counts as copied: what was read of one that was altered meanwhile may lack rows or columns. */
    private Set<CatalogTable> refuseAltered(List<CatalogTable> tables) {
        List<CatalogTable> altered = gear.guard().altered(tables);
        Map<TableId, TableProgress> known = gear.status().tables();
        for (CatalogTable table : altered) {
            TableId id = table.table().id();
            gear.failures()
                    .failed(
                            Objects.requireNonNull(known.get(id)),
                            new SyncException(
                                    FailureKind.SOURCE_SCHEMA_CHANGED,
                                    "Table " + id
                                            + ": was altered while it was copied, so that rows or values may be missing."));
        }
        return Set.copyOf(altered);
    }

    /** How a reader ended: well, or with what it threw. */
    private record ReaderEnd(Optional<RuntimeException> failure) {

        static ReaderEnd of(Runnable work) {
            try {
                work.run();
                return new ReaderEnd(Optional.empty());
            } catch (RuntimeException e) {
                return new ReaderEnd(Optional.of(e));
            } catch (Error e) {
                return new ReaderEnd(Optional.of(
                        new SyncException(FailureKind.UNKNOWN, "Full phase: a reader died of " + e + ".", e)));
            }
        }

        void rethrow() {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}
