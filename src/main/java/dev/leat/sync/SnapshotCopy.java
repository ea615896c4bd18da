package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Pace;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.ChunkPlanner;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.settings.Phase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        ReplicationSlot temporary = new ReplicationSlot(gear.source(), stem + SUFFIX);
        // that of a run whose host was lost lives until its server notices
        temporary.evict(gear.plan().applicationName());
        return temporary.createTemporary();
    }

    /** How many threads copy when they have the run for themselves. */
    int readers() {
        return Math.min(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
                gear.plan().task().ceiling().copyThreads());
    }

    /** Tables of which nothing was sent yet begin at their snapshot; the others keep where they began. */
    void begin(List<CatalogTable> tables, ExportedSnapshot snapshot) {
        Map<TableId, TableProgress> known = gear.status().tables();
        tables.stream()
                .map(table -> Objects.requireNonNull(known.get(table.table().id())))
                .filter(table -> table.asOf().equals(Lsn.ZERO))
                .forEach(table -> gear.status().table(table.from(snapshot.consistentPoint())));
    }

    /** Copies what has begun; returns early, with tables left, when the run is told to stop. */
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
