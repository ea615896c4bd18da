package dev.leat.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to try again, in minutes: after a lost connection (10 to 1440), and after other failures (1 to 1440). */
public record RetrySettings(Integer connectionMinutes, Integer otherMinutes) {

    /** All defaults. */
    public static final RetrySettings DEFAULT = new RetrySettings(null, null);

    /** Fills in the defaults: 720 and 10 minutes. */
    public RetrySettings(@Nullable Integer connectionMinutes, @Nullable Integer otherMinutes) {
        this.connectionMinutes = connectionMinutes == null ? 720 : connectionMinutes;
        this.otherMinutes = otherMinutes == null ? 10 : otherMinutes;
    }

    /** The connection window. */
    public Duration connection() {
        return Duration.ofMinutes(connectionMinutes);
    }

    /** The window of other failures. */
    public Duration other() {
        return Duration.ofMinutes(otherMinutes);
    }
}
