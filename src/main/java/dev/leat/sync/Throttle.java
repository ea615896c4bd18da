package dev.leat.sync;

import dev.leat.settings.Limits;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one phase within its limits, which can be changed at any time. Whoever passes waits afterwards, but no longer
 * than until the limits change or the run stops. Never called by the thread that answers the source's keep-alives.
 */
final class Throttle {

    /** How long a wait goes on before it looks whether it is still wanted. */
    private static final long LOOK_NANOS = 50_000_000;

    private final Gate queries;
    private final Gate rows;
    private final Gate bytes;
    private final int ceiling;
    private final AtomicBoolean stopping;
    private volatile boolean limited;
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Limits under a ceiling.
     *
     * @param ceiling rows a second at most, whatever the limits say; 0 for none
     */
    Throttle(Limits limits, int ceiling, AtomicBoolean stopping) {
        this(limits, ceiling, stopping, System::nanoTime);
    }

    Throttle(Limits limits, int ceiling, AtomicBoolean stopping, LongSupplier nanos) {
        this.queries = new Gate(nanos);
        this.rows = new Gate(nanos);
        this.bytes = new Gate(nanos);
        this.ceiling = ceiling;
        this.stopping = stopping;
        limit(limits);
    }

    /** Goes by other limits from now on. */
    void limit(Limits limits) {
        double wanted = or0(limits.rowsPerSecond());
        queries.limit(or0(limits.queriesPerSecond()));
        rows.limit(ceiling == 0 ? wanted : wanted == 0 ? ceiling : Math.min(wanted, ceiling));
        bytes.limit(or0(limits.megabytesPerSecond()) * 1e6);
        limited = rows.limited() || bytes.limited();
        changes.incrementAndGet();
    }

    /**
     * A row went its way.
     *
     * @param beforeWaiting what to do before a wait, if there has to be one
     */
    void row(long rowBytes, Runnable beforeWaiting) {
        if (limited) {
            long wait = Math.max(rows.pass(1), bytes.pass(rowBytes));
            if (wait > 0) {
                beforeWaiting.run();
                await(wait);
            }
        }
    }

    /** A query is about to be sent. */
    void query() {
        await(queries.pass(1));
    }

    private void await(long waitNanos) {
        int asked = changes.get();
        long end = System.nanoTime() + waitNanos;
        for (long left = waitNanos;
                left > 0
                        && !stopping.get()
                        && asked == changes.get()
                        && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
        }
    }

    private static double or0(@Nullable Number value) {
        return value == null ? 0 : value.doubleValue();
    }
}
