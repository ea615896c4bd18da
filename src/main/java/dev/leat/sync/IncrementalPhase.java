package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.WalEvent;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.WalBatch;
import dev.leat.settings.Phase;
import dev.leat.shape.RowRefused;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the log: sends every change that is neither in a table's copy nor delivered before, in the log's order, and
 * tells the tracker which acknowledgements prove what.
 */
final class IncrementalPhase {

    private static final long BATCH_WAIT_MILLIS = 500;

    /** Changes of one transaction after which its delivery can be checkpointed in the middle. */
    private static final int CHANGES_PER_PART = 1_000;

    private final Checkpoint start;
    private final FollowedTables followed;
    private final Transactions transactions;
    private final ShapeNews news;
    private final MessageRecords messages;
    private final KafkaSink sink;
    private final AckTracker tracker;
    private final CheckpointSaver saver;
    private final SyncStatus status;
    private final Throttle throttle;
    private final LateTables late;
    private final Runnable look = this::look;
    private final Consumer<byte[]> assemble = this::assemble;
    private final Consumer<WalEvent> on = this::on;
    private Delivery delivery;
    private byte[] frame = new byte[0];
    private int changes;
    private boolean inTransaction;
    private long sentRows;
    private long sentBytes;

    IncrementalPhase(
            Gear gear,
            Checkpoint start,
            FollowedTables followed,
            LateTables late,
            Transactions transactions,
            KafkaSink sink,
            AckTracker tracker,
            CheckpointSaver saver,
            Throttle throttle) {
        this.start = start;
        this.followed = followed;
        this.late = late;
        this.transactions = transactions;
        this.news = gear.news();
        this.messages = gear.messages();
        this.status = gear.status();
        this.sink = sink;
        this.tracker = tracker;
        this.saver = saver;
        this.throttle = throttle;
        this.delivery = sink.delivery();
    }

    /** Follows until the queue says that nothing will come any more, then waits for what Kafka still owes. */
    void run(WalQueue queue) throws InterruptedException {
        while (!queue.finished()) {
            Optional<WalBatch> batch = queue.take(BATCH_WAIT_MILLIS);
            sink.check();
            saver.check();
            late.check();
            if (batch.isPresent()) {
                follow(batch.get());
            }
            if (betweenTransactions() && queue.empty()) {
                status.reading(0);
            }
        }
        sink.flush();
    }

    private void follow(WalBatch batch) {
        for (byte[] next : batch.frames()) {
            transactions.add(next, assemble);
        }
        look();
        if (batch.quietUntil() != 0) {
            status.walEnd(batch.quietUntil());
            if (betweenTransactions()) {
                idle(batch.quietUntil());
            }
        }
    }

    private boolean betweenTransactions() {
        return !inTransaction && !transactions.open();
    }

    private void look() {
        status.sent(Phase.INCREMENTAL, sentRows, sentBytes);
        sentRows = 0;
        sentBytes = 0;
    }

    private void assemble(byte[] next) {
        frame = next;
        transactions.assembler().assemble(next, on);
    }

    private void on(WalEvent event) {
        switch (event) {
            case WalEvent.Changed changed -> send(changed.change());
            case WalEvent.Described described -> describe(described);
            case WalEvent.Committed committed -> commit(committed);
            case WalEvent.Idle idle -> idle(idle.walEnd());
            case WalEvent.Message message -> message(message);
        }
    }

    private void send(Change change) {
        begin(change.origin());
        changes = change.origin().index() + 1;
        Optional<Route> road = followed.road(change.table(), change.origin(), frame);
        if (road.isPresent()) {
            send(change, road.get());
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

    private void begin(Origin origin) {
        if (!inTransaction) {
            inTransaction = true;
            status.reading(origin.committedAtMicros());
        }
    }

    private void send(Change change, Route route) {
        try {
            long bytes = route.send(change, sink, delivery);
            sentRows++;
            sentBytes += bytes;
            throttle.row(bytes, look);
        } catch (SyncException e) {
            // what failed earlier at the broker may be another table's
            sink.check();
            followed.failed(change.table().id(), e);
        } catch (RowRefused e) {
            followed.setAside(change.table().id(), e.failure());
        }
    }

    /** Once per shape and stream, and never per row. */
    private void describe(WalEvent.Described described) {
        if (followed.road(described.table(), described.at(), frame).isPresent()) {
            tell(described);
        }
    }

    private void tell(WalEvent.Described described) {
        try {
            news.described(described.table(), described.at(), sink);
        } catch (SyncException e) {
            // what failed earlier at the broker may be another table's
            sink.check();
            followed.failed(described.table().id(), e);
        }
    }

    private void message(WalEvent.Message message) {
        if (message.transactional()) {
            begin(message.at());
            send(message, delivery);
        } else {
            between(message);
        }
    }

    /** A message that belongs to no transaction comes between two of them, and is a group of its own. */
    private void between(WalEvent.Message message) {
        Delivery alone = sink.delivery();
        send(message, alone);
        alone.seal();
        if (alone.sent() == 0) {
            tracker.idle(message.at().lsn());
        } else {
            tracker.between(alone, message.at().lsn(), message.at().committedAtMicros());
        }
    }

    private void send(WalEvent.Message message, Delivery group) {
        long bytes = messages.send(message, start, sink, group);
        if (bytes > 0) {
            sentBytes += bytes;
            throttle.row(bytes, look);
        }
    }

    private void commit(WalEvent.Committed committed) {
        delivery.seal();
        tracker.transaction(
                delivery, committed.commitLsn(), changes, committed.endLsn(), committed.committedAtMicros());
        delivery = sink.delivery();
        changes = 0;
        inTransaction = false;
        late.passed(committed.endLsn());
    }

    private void idle(long walEnd) {
        tracker.idle(walEnd);
        late.passed(walEnd);
    }
}
