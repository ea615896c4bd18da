package dev.leat.sync;

import dev.leat.postgres.WalBatch;
import dev.leat.postgres.WalReader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The thread that reads the log. It never waits for Kafka without answering the source's keep-alives. */
final class WalPump implements AutoCloseable {

    /** How long it waits for room before it looks after the source again; far below any wal_sender_timeout. */
    private static final long ROOM_WAIT_MILLIS = 1_000;

    private final WalReader reader;
    private final WalQueue queue;
    private final TableWatch tables;
    private final AtomicBoolean stopping;
    private final Thread thread;
    private volatile boolean closing;

    WalPump(WalReader reader, WalQueue queue, TableWatch tables, AtomicBoolean stopping, String name) {
        this.reader = reader;
        this.queue = queue;
        this.tables = tables;
        this.stopping = stopping;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopping.get() && !closing) {
                tables.check();
                pass(reader.read());
            }
            queue.close(null);
            // the last checkpoint is saved meanwhile; its confirmation is sent before the connection ends
            while (!closing) {
                reader.keepAlive();
                LockSupport.parkNanos(1_000_000);
            }
            reader.close();
        } catch (InterruptedException e) {
            queue.close(null);
        } catch (RuntimeException | Error e) {
            queue.close(e);
            // else the slot stays busy for as long as the connection is not noticed to be nobody's
            reader.abort();
        }
    }

    private void pass(WalBatch batch) throws InterruptedException {
        if (batch.frames().isEmpty() && batch.quietUntil() == 0) {
            return;
        }
        while (!queue.offer(batch, ROOM_WAIT_MILLIS) && !closing) {
            reader.keepAlive();
        }
    }

    /** Ends the thread and the connection; what was confirmed before is told to the source first. */
    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            reader.abort();
            return;
        }
        try {
            thread.join(2_000);
            if (thread.isAlive()) {
                reader.abort();
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            reader.abort();
            Thread.currentThread().interrupt();
        }
    }
}
