package dev.leat.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much WAL the source keeps for a slot, and how that grows: an average over some minutes, since it falls in steps
 * while a task delivers.
 *
 * @param at when it was looked at
 * @param heldBytes WAL that is kept
 * @param growthBytesPerSecond how fast that grows; negative while it shrinks
 */
public record WalTrend(Instant at, long heldBytes, double growthBytesPerSecond) {

    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final Duration FARTHEST = Duration.ofDays(30);

    /** Before anything is known of its growth. */
    static WalTrend start(Instant at, long heldBytes) {
        return new WalTrend(at, heldBytes, 0);
    }

    /** What a later look makes of it: the longer ago the last one, the more the new one weighs. */
    WalTrend next(Instant now, long bytes) {
        double seconds = Duration.between(at, now).toMillis() / 1000.0;
        if (seconds <= 0) {
            return this;
        }
        double weight = 1 - Math.exp(-seconds / MEMORY.toSeconds());
        double lately = (bytes - heldBytes) / seconds;
        return new WalTrend(now, bytes, growthBytesPerSecond + weight * (lately - growthBytesPerSecond));
    }

    /** When a limit is reached at the present growth; empty when it never is, or not within a month. */
    public Optional<Instant> reaches(long limitBytes) {
        if (heldBytes >= limitBytes) {
            return Optional.of(at);
        }
        double seconds = growthBytesPerSecond <= 0 ? Double.MAX_VALUE : (limitBytes - heldBytes) / growthBytesPerSecond;
        return seconds > FARTHEST.toSeconds() ? Optional.empty() : Optional.of(at.plusSeconds((long) seconds));
    }
}
