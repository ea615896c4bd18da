package dev.leat.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * A look at a task's delay, with what those before it have found.
 *
 * @param delay how far the destination was behind
 * @param at when
 * @param late looks in a row, up to this one, at which it was too far behind and did not catch up
 * @param prompt looks in a row at which it was clearly not
 */
record DelayLook(Duration delay, Instant at, int late, int prompt) {

    private static final double RELIEF = 0.8;
    private static final int ENOUGH = 2;

    /** The first look. */
    static DelayLook first(Duration delay, Instant at, Duration limit) {
        return new DelayLook(delay, at, isLong(delay, limit) ? 1 : 0, isShort(delay, limit) ? 1 : 0);
    }

    /** The look after this one. */
    DelayLook next(Duration now, Instant when, Duration limit) {
        boolean tooLate = isLong(now, limit) && !catchesUp(now, when);
        return new DelayLook(now, when, tooLate ? late + 1 : 0, isShort(now, limit) ? prompt + 1 : 0);
    }

    /** Whether it is no blip. */
    boolean isLate() {
        return late >= ENOUGH;
    }

    /** Whether it is over for sure. */
    boolean isPrompt() {
        return prompt >= ENOUGH;
    }

    /** A delay that shrinks as fast as time passes needs no person: the log is read at twice the pace of its writing. */
    private boolean catchesUp(Duration now, Instant when) {
        return delay.minus(now).compareTo(Duration.between(at, when)) >= 0;
    }

    private static boolean isLong(Duration delay, Duration limit) {
        return delay.compareTo(limit) >= 0;
    }

    private static boolean isShort(Duration delay, Duration limit) {
        return delay.toMillis() < limit.toMillis() * RELIEF;
    }
}
