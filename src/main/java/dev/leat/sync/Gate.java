package dev.leat.sync;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets so many units a second pass, by the generic cell rate algorithm: it keeps the instant at which everything that
 * passed would have been due. Units pass first and are paid for by waiting, so that one larger than a second's budget
 * passes too. Safe for several threads; one compare-and-set per call, nothing is allocated.
 */
final class Gate {

    /** What may pass ahead of its time, and how much lost time is caught up: too short to see, too long to be woken for. */
    static final long TOLERANCE_NANOS = 10_000_000;

    private final LongSupplier nanos;
    private final AtomicLong due;
    private volatile double nanosPerUnit;

    /** A gate that is open; the clock gives nanoseconds as {@link System#nanoTime} does. */
    Gate(LongSupplier nanos) {
        this.nanos = nanos;
        this.due = new AtomicLong(nanos.getAsLong());
    }

    /** Lets so many units a second pass from now on; 0 lets everything pass. What was owed is forgotten. */
    void limit(double unitsPerSecond) {
        due.set(nanos.getAsLong());
        nanosPerUnit = unitsPerSecond == 0 ? 0 : 1e9 / unitsPerSecond;
    }

    /** Whether there is a limit. */
    boolean limited() {
        return nanosPerUnit != 0;
    }

    /** Lets units pass; returns how long to wait before the next ones, in nanoseconds. */
    long pass(long units) {
        double cost = nanosPerUnit;
        if (cost == 0) {
            return 0;
        }
        long now = nanos.getAsLong();
        long price = (long) (units * cost);
        long ahead = due.updateAndGet(before -> now + Math.max(before - now, -TOLERANCE_NANOS) + price) - now;
        return ahead > TOLERANCE_NANOS ? ahead : 0;
    }
}
