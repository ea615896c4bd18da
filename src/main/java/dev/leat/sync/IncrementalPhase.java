package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.WalEvent;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.ChangeAssembler;
import dev.leat.postgres.ReselectSession;
import dev.leat.postgres.WalBatch;
import dev.leat.settings.Phase;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log: sends every change that is neither in a table's copy nor delivered before, in the log's order, and
 * tells the tracker which acknowledgements prove what.
 */
final class IncrementalPhase {

    private static final long BATCH_WAIT_MILLIS = 500;

    /** Changes of one transaction after which its delivery can be checkpointed in the middle. */
    private static final int CHANGES_PER_PART = 1_000;

    private final Routes routes;
    private final ReselectSession reselecting;
    private final ChangeAssembler assembler;
    private final ShapeNews news;
    private final KafkaSink sink;
    private final AckTracker tracker;
    private final SyncStatus status;
    private final Checkpoint start;
    private final CheckpointSaver saver;
    private final Throttle throttle;
    private final @Nullable WholeTransactions whole;
    private final Map<Table, Optional<FollowedTable>> followed = new IdentityHashMap<>();
    private final Runnable look = this::look;
    private Delivery delivery;
    private int changes;
    private boolean inTransaction;
    private long sentRows;
    private long sentBytes;

    IncrementalPhase(
            Routes routes,
            ReselectSession reselecting,
            ChangeAssembler assembler,
            ShapeNews news,
            KafkaSink sink,
            AckTracker tracker,
            SyncStatus status,
            Checkpoint start,
            CheckpointSaver saver,
            Throttle throttle,
            @Nullable WholeTransactions whole) {
        this.routes = routes;
        this.reselecting = reselecting;
        this.assembler = assembler;
        this.news = news;
        this.sink = sink;
        this.tracker = tracker;
        this.status = status;
        this.start = start;
        this.saver = saver;
        this.throttle = throttle;
        this.whole = whole;
        this.delivery = sink.delivery();
    }

    /** Follows until the queue says that nothing will come any more, then waits for what Kafka still owes. */
    void run(WalQueue queue) throws InterruptedException {
        while (!queue.finished()) {
            Optional<WalBatch> batch = queue.take(BATCH_WAIT_MILLIS);
            sink.check();
            saver.check();
            if (batch.isPresent()) {
                follow(batch.get());
            }
            if (!inTransaction && queue.empty()) {
                status.reading(0);
            }
        }
        sink.flush();
    }

    private void follow(WalBatch batch) {
        for (byte[] frame : batch.frames()) {
            if (whole == null) {
                assemble(frame);
            } else {
                whole.add(frame, this::assemble);
            }
        }
        look();
        if (batch.quietUntil() != 0) {
            status.walEnd(batch.quietUntil());
            if (!inTransaction && (whole == null || !whole.open())) {
                tracker.idle(batch.quietUntil());
            }
        }
    }

    private void look() {
        status.sent(Phase.INCREMENTAL, sentRows, sentBytes);
        sentRows = 0;
        sentBytes = 0;
    }

    private void assemble(byte[] frame) {
        assembler.assemble(frame, this::on);
    }

    private void on(WalEvent event) {
        switch (event) {
            case WalEvent.Changed changed -> send(changed.change());
            case WalEvent.Described described -> describe(described);
            case WalEvent.Committed committed -> commit(committed);
            case WalEvent.Idle idle -> tracker.idle(idle.walEnd());
        }
    }

    private void send(Change change) {
        if (!inTransaction) {
            inTransaction = true;
            status.reading(change.origin().committedAtMicros());
        }
        changes = change.origin().index() + 1;
        Optional<FollowedTable> table = followed.computeIfAbsent(change.table(), this::followed);
        if (table.isPresent() && table.get().wants(change.origin()) && !start.covers(change.origin())) {
            long bytes = table.get().route().send(change, sink, delivery);
            sentRows++;
            sentBytes += bytes;
            throttle.row(bytes, look);
        }
        if (delivery.sent() >= CHANGES_PER_PART) {
            delivery.seal();
            tracker.part(
                    delivery,
                    change.origin().commitLsn(),
                    changes,
                    change.origin().committedAtMicros());
            delivery = sink.delivery();
        }
    }

    /** Once per shape and stream, and never per row. */
    private void describe(WalEvent.Described described) {
        Optional<FollowedTable> table = followed.computeIfAbsent(described.table(), this::followed);
        if (table.isPresent() && table.get().wants(described.at()) && !start.covers(described.at())) {
            news.described(described.table(), described.at(), sink);
        }
    }

    private void commit(WalEvent.Committed committed) {
        delivery.seal();
        tracker.transaction(
                delivery, committed.commitLsn(), changes, committed.endLsn(), committed.committedAtMicros());
        delivery = sink.delivery();
        changes = 0;
        inTransaction = false;
    }

    private Optional<FollowedTable> followed(Table table) {
        TableProgress progress = status.tables().get(table.id());
        if (progress == null || progress.state() == TableProgress.State.SET_ASIDE) {
            return Optional.empty();
        }
        return routes.to(table, reselecting)
                .map(route -> new FollowedTable(route, progress.asOf().value()));
    }

    /** A table's road, and the point of the log where its own changes begin. */
    private record FollowedTable(Route route, long asOf) {

        boolean wants(Origin origin) {
            return Long.compareUnsigned(origin.commitLsn(), asOf) >= 0;
        }
    }
}
