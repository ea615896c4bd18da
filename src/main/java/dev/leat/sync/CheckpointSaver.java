package dev.leat.sync;

import dev.leat.postgres.WalReader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Saves how far everything is delivered, and only then lets the source forget it. */
final class CheckpointSaver implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** Positions that only say that nothing of ours happened are saved more seldom. */
    private static final int LOOKS_PER_IDLE_SAVE = 25;

    private final AckTracker tracker;
    private final Checkpoints checkpoints;
    private final WalReader reader;
    private final SyncStatus status;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private Checkpoint saved;
    private int looksSinceSave;

    CheckpointSaver(
            AckTracker tracker, Checkpoints checkpoints, WalReader reader, SyncStatus status, Checkpoint start) {
        this.tracker = tracker;
        this.checkpoints = checkpoints;
        this.reader = reader;
        this.status = status;
        this.saved = start;
        this.thread = Thread.ofVirtual()
                .name(Thread.currentThread().getName() + "-checkpoints")
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Throws what made saving impossible, if anything did. */
    void check() {
        RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }

    private void run() {
        try {
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void look() {
        Checkpoint reached = tracker.advance();
        status.pendingSince(tracker.pendingSinceMicros());
        looksSinceSave++;
        boolean delivered = !reached.commitLsn().equals(saved.commitLsn()) || reached.index() != saved.index();
        boolean idleDue = !reached.equals(saved) && looksSinceSave >= LOOKS_PER_IDLE_SAVE;
        if (delivered || idleDue) {
            save(reached);
        }
    }

    private void save(Checkpoint reached) {
        checkpoints.save(reached);
        reader.confirm(reached.confirmable());
        status.confirmed(reached.confirmable().value());
        saved = reached;
        looksSinceSave = 0;
    }

    /** Saves what was reached at last, unless saving has failed before. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Checkpoint reached = tracker.advance();
        // one that still hangs would save an earlier position over this one
        if (failure == null && !thread.isAlive() && !reached.equals(saved)) {
            save(reached);
        }
    }
}
