package dev.leat.task;

import dev.leat.settings.AlertSettings;
import dev.leat.settings.Phase;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that was started, as one who watches over it sees it.
 *
 * @param phase the phase it is in; null before the first
 * @param phaseSince since when, pauses apart; null while it rests
 * @param failingSince since when nothing was delivered because attempts fail; null when none failed
 * @param delaySeconds how far the destination is behind; null when this node does not run it, or outside the incremental
 *     phase
 * @param slot its slot as it was last seen; null before the first look
 * @param alerts what its user wants to be told of
 */
public record WatchedTask(
        UUID id,
        String name,
        TaskState state,
        @Nullable Phase phase,
        @Nullable Instant phaseSince,
        @Nullable Instant failingSince,
        @Nullable Double delaySeconds,
        @Nullable SlotView slot,
        AlertSettings alerts) {}
