package dev.leat.sync;

import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Pace;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.ChunkPlanner;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.settings.Phase;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Copies tables as they are in one snapshot. */
final class SnapshotCopy {

    private static final int MAX_NAME_BYTES = 63;
    private static final String SUFFIX = "_copy";

    private final Gear gear;
    private final Throttle throttle;

    SnapshotCopy(Gear gear, Throttle throttle) {
        this.gear = gear;
        this.throttle = throttle;
    }

    /** A snapshot whose position in the log is known, from a slot that goes when it is closed. */
    ExportedSnapshot snapshot() {
        String slot = gear.plan().slot();
        String stem = slot.substring(0, Math.min(slot.length(), MAX_NAME_BYTES - SUFFIX.length()));
        return new ReplicationSlot(gear.source(), stem + SUFFIX).createTemporary();
    }

    /** How many threads copy when they have the run for themselves. */
    int readers() {
        return Math.min(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
                gear.plan().task().ceiling().copyThreads());
    }

    /** Copies; returns early, with tables left, when the run is told to stop. */
    void copy(List<CatalogTable> tables, ExportedSnapshot snapshot, int readers) throws InterruptedException {
        try (KafkaSink sink = gear.sink(Pace.BULK)) {
            if (gear.plan().task().has(Phase.INCREMENTAL)) {
                long now = TimeUnit.MILLISECONDS.toMicros(gear.clock().millis());
                gear.news().copied(tables, snapshot.consistentPoint(), now, sink);
            }
            new FullPhase(gear, sink, throttle)
                    .run(snapshot, new ChunkPlanner(gear.source(), gear.capabilities(), readers), tables, readers);
        }
    }
}
