package dev.leat.sync;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.postgres.SlotState;
import java.util.Optional;

/**
 * Finds or makes the slot of a task, and refuses one that cannot go on where the task stopped: a gap in the log would
 * lose changes in silence.
 */
final class SlotCare {

    private static final String RESTART =
            "Changes since then are lost to the log: restart the task, which copies all tables again.";

    private final SyncPlan plan;
    private final ReplicationSlot slot;
    private final Capabilities capabilities;
    private final Checkpoints checkpoints;

    SlotCare(SyncPlan plan, ReplicationSlot slot, Capabilities capabilities, Checkpoints checkpoints) {
        this.plan = plan;
        this.slot = slot;
        this.capabilities = capabilities;
        this.checkpoints = checkpoints;
    }

    /** The slot is there and goes on at the checkpoint; with it comes a snapshot when the slot was made just now. */
    Held hold() {
        slot.evict(plan.applicationName());
        Optional<SlotState> state = slot.state();
        Optional<Checkpoint> saved = checkpoints.load();
        if (saved.isPresent()) {
            verify(saved.get(), state);
            return new Held(saved.get(), Optional.empty());
        }
        if (state.isPresent() && !state.get().lost()) {
            return adopt(state.get());
        }
        // one that lost its WAL serves nobody, and nothing that was delivered hangs on it
        slot.drop();
        ExportedSnapshot snapshot = slot.create();
        Checkpoint start = Checkpoint.start(slot.name(), capabilities.systemIdentifier(), snapshot.consistentPoint());
        checkpoints.save(start);
        return new Held(start, Optional.of(snapshot));
    }

    /**
     * A slot without a checkpoint: the user made it, or a run died between making it and saving. Nothing was delivered,
     * so it serves from where it stands.
     */
    private Held adopt(SlotState state) {
        if (!state.plugin().equals("pgoutput")
                || !state.database().equals(plan.source().database())) {
            throw new SyncException(
                    FailureKind.SOURCE_CONFIGURATION,
                    "Replication slot " + slot.name() + ": belongs to plugin " + state.plugin() + " and database "
                            + state.database() + ".",
                    "Name another slot in the task, or drop this one.",
                    null);
        }
        Checkpoint start = Checkpoint.start(slot.name(), capabilities.systemIdentifier(), state.confirmedLsn());
        checkpoints.save(start);
        return new Held(start, Optional.empty());
    }

    private void verify(Checkpoint saved, Optional<SlotState> state) {
        if (!saved.systemIdentifier().equals(capabilities.systemIdentifier())) {
            throw lost("the source is another cluster (system identifier " + capabilities.systemIdentifier()
                    + ", before " + saved.systemIdentifier() + ")");
        }
        if (state.isEmpty()) {
            throw lost("it does not exist any more; delivered up to " + saved.confirmable());
        }
        refuseIfLost(state.get());
        if (saved.confirmable().isBefore(state.get().confirmedLsn())) {
            throw lost("it was advanced or made again elsewhere: it goes on at "
                    + state.get().confirmedLsn() + ", delivered is only up to " + saved.confirmable());
        }
    }

    private void refuseIfLost(SlotState state) {
        if (state.lost()) {
            throw lost("the source has removed WAL that it needs");
        }
    }

    private SyncException lost(String what) {
        return new SyncException(
                FailureKind.SOURCE_SLOT_LOST, "Replication slot " + slot.name() + ": " + what + ".", RESTART, null);
    }

    /** The checkpoint to go on from, and the snapshot of a slot that was made just now. */
    record Held(Checkpoint checkpoint, Optional<ExportedSnapshot> snapshot) {}
}
