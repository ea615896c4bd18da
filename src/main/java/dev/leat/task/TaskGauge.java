package dev.leat.task;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What there is to measure of a task, as far as it is known on this node. */
record TaskGauge(
        UUID id,
        String name,
        String state,
        @Nullable String phase,
        @Nullable Double delaySeconds,
        @Nullable Long lagBytes,
        @Nullable SlotView slot) {

    @Nullable
    Long walHeldBytes() {
        return slot == null ? null : slot.walHeldBytes();
    }
}
