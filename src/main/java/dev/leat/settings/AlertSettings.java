package dev.leat.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a task calls for a person; can be changed while it runs. A threshold of 0 turns its rule off, one that is left out
 * is the default.
 *
 * @param onFailure whether a task that stopped by itself is told
 * @param delaySeconds the delay that is too long
 * @param fullHours how long the full phase may take, pauses apart
 * @param walGigabytes how much WAL, in billions of bytes, the source may keep for the task; null for 80 % of what the slot
 *     may keep at all
 * @param contacts who is told; there are none yet
 */
public record AlertSettings(
        Boolean onFailure,
        Integer delaySeconds,
        Integer fullHours,
        @Nullable Double walGigabytes,
        List<String> contacts) {

    /** All defaults. */
    public static final AlertSettings DEFAULT = new AlertSettings(null, null, null, null, null);

    private static final int DEFAULT_DELAY_SECONDS = 300;
    private static final int DEFAULT_FULL_HOURS = 24;
    private static final double DEFAULT_WAL_SHARE = 0.8;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    /** Fills in the defaults: a failure, five minutes of delay, a day of copying, 80 % of the slot's room. */
    public AlertSettings(
            @Nullable Boolean onFailure,
            @Nullable Integer delaySeconds,
            @Nullable Integer fullHours,
            @Nullable Double walGigabytes,
            @Nullable List<String> contacts) {
        this.onFailure = onFailure == null || onFailure;
        this.delaySeconds = delaySeconds == null ? DEFAULT_DELAY_SECONDS : delaySeconds;
        this.fullHours = fullHours == null ? DEFAULT_FULL_HOURS : fullHours;
        this.walGigabytes = walGigabytes;
        this.contacts = contacts == null ? List.of() : List.copyOf(contacts);
    }

    /** The delay that is too long; empty when none is. */
    public Optional<Duration> delay() {
        return Optional.of(Duration.ofSeconds(delaySeconds)).filter(Duration::isPositive);
    }

    /** The full phase that takes too long; empty when none does. */
    public Optional<Duration> full() {
        return Optional.of(Duration.ofHours(fullHours)).filter(Duration::isPositive);
    }

    /**
     * How much WAL is too much; empty when none is.
     *
     * @param limitBytes how much the slot may keep at all
     */
    public Optional<Long> walBytes(long limitBytes) {
        double bytes = walGigabytes == null ? limitBytes * DEFAULT_WAL_SHARE : walGigabytes * BYTES_PER_GIGABYTE;
        return Optional.of((long) bytes).filter(value -> value > 0);
    }
}
