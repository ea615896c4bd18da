package dev.leat.task;

import dev.leat.sync.SlotHealth;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task's slot as it was last seen at its source.
 *
 * @param name its name
 * @param lost whether WAL that it needs is gone, so that the task has to be restarted
 * @param failover whether standbys keep it too
 * @param restartLsn the oldest WAL that the source keeps for it
 * @param confirmedLsn where it goes on
 * @param walHeldBytes WAL that the source keeps for it
 * @param growthBytesPerSecond how fast that grows, over some minutes; negative while it shrinks
 * @param walLimitBytes how much it may be
 * @param limitedBy the setting that the limit comes from, at the server or in the task
 * @param percent how much of the limit is used; over 100 when it is exceeded
 * @param fullAt when the limit is reached at the present growth; null when it is not
 * @param seenAt when it was looked at
 */
public record SlotView(
        String name,
        boolean lost,
        boolean failover,
        String restartLsn,
        String confirmedLsn,
        long walHeldBytes,
        double growthBytesPerSecond,
        long walLimitBytes,
        String limitedBy,
        int percent,
        @Nullable Instant fullAt,
        Instant seenAt) {

    static SlotView of(SlotHealth health) {
        return new SlotView(
                health.slot(),
                health.lost(),
                health.failover(),
                health.restartLsn().toString(),
                health.confirmedLsn().toString(),
                health.trend().heldBytes(),
                health.trend().growthBytesPerSecond(),
                health.limit().bytes(),
                health.limit().setting(),
                health.percent(),
                health.fullAt().orElse(null),
                health.trend().at());
    }
}
