package dev.leat.worker;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.AtWalBudget;
import dev.leat.settings.SlotSettings;
import dev.leat.sync.SlotHealth;
import dev.leat.task.TaskRuns;
import dev.leat.task.TaskSlots;
import java.time.InstantSource;

/** Remembers what was seen of a slot, and does what the task's policy says once its WAL reaches the limit. */
final class WalPolicy {

    private final TaskRuns runs;
    private final TaskSlots slots;
    private final InstantSource clock;

    WalPolicy(TaskRuns runs, TaskSlots slots, InstantSource clock) {
        this.runs = runs;
        this.slots = slots;
        this.clock = clock;
    }

    void seen(TaskRuns.Claim claim, SlotHealth health) {
        AtWalBudget policy = policy(claim);
        if (slots.seen(claim.id(), health, policy) == 100) {
            switch (policy) {
                case ALERT -> {}
                case PAUSE -> runs.paused(claim, pausing(health), clock.instant());
                case DROP_SLOT -> runs.failed(claim, dropping(health), clock.instant());
            }
        }
    }

    /** Whether a slot has to go: only one of a task that rests, so that no run stumbles over it. */
    boolean drops(TaskRuns.Claim claim, SlotHealth health) {
        return policy(claim) == AtWalBudget.DROP_SLOT && !health.lost() && health.percent() >= 100;
    }

    private static AtWalBudget policy(TaskRuns.Claim claim) {
        SlotSettings care = claim.settings().source().slotCare();
        return care.atWalBudget();
    }

    private static SyncException pausing(SlotHealth health) {
        return new SyncException(
                FailureKind.SOURCE_WAL_LIMIT,
                "Replication slot " + health.slot() + ": the source keeps as much WAL for it as "
                        + health.limit().setting() + " allows, so the task was paused, as its policy says.",
                "A pause frees no WAL. Resume the task, so that it delivers and the source can free it; or raise the"
                        + " limit; or release the task, which drops the slot. A restart keeps the slot.",
                null);
    }

    private static SyncException dropping(SlotHealth health) {
        return new SyncException(
                FailureKind.SOURCE_SLOT_LOST,
                "Replication slot " + health.slot() + ": the source keeps as much WAL for it as "
                        + health.limit().setting() + " allows, so it is dropped, as the task's policy says.",
                "Changes from here on are lost to the log: restart the task, which makes a new slot and copies all"
                        + " tables again; one without the FULL phase needs it first.",
                null);
    }
}
