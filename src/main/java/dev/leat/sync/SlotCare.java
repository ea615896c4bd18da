package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.postgres.SlotState;
import java.util.Optional;

/**
 * Finds or makes the slot of a task, and refuses one that cannot go on where the task stopped: a gap in the log would
 * lose changes in silence.
 */
final class SlotCare {

    private final SyncPlan plan;
    private final Capabilities capabilities;
    private final Checkpoints checkpoints;
    private final ReplicationSlot slot;
    private final SlotIdentity identity;

    SlotCare(SyncPlan plan, PostgresSource source, Capabilities capabilities, Checkpoints checkpoints) {
        this.plan = plan;
        this.capabilities = capabilities;
        this.checkpoints = checkpoints;
        this.slot = new ReplicationSlot(source, plan.slot());
        this.identity = new SlotIdentity(slot.name(), source, capabilities);
    }

    /** Refuses a source whose log cannot go on where the task stopped; changes nothing. */
    void verify() {
        checkpoints.load().ifPresent(saved -> identity.verify(saved, checkpoints.tables(), slot.state()));
    }

    /** The slot is there and goes on at the checkpoint; with it comes a snapshot when the slot was made just now. */
    Held hold() {
        slot.evict(plan.applicationName());
        Optional<SlotState> state = slot.state();
        Optional<Checkpoint> saved = checkpoints.load();
        if (saved.isPresent()) {
            return goOn(saved.get(), state);
        }
        if (state.isPresent() && !state.get().lost()) {
            return adopt(state.get());
        }
        // one that lost its WAL serves nobody, and nothing that was delivered hangs on it
        slot.drop();
        ExportedSnapshot snapshot = wantsFailover() ? slot.createForFailover() : slot.create();
        return new Held(begin(snapshot.consistentPoint()), Optional.of(snapshot));
    }

    private Held goOn(Checkpoint saved, Optional<SlotState> state) {
        Checkpoint verified = identity.verify(saved, checkpoints.tables(), state);
        if (!verified.equals(saved)) {
            checkpoints.save(verified);
        }
        state.ifPresent(this::keepOnStandbys);
        return new Held(verified, Optional.empty());
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
        keepOnStandbys(state);
        return new Held(begin(state.confirmedLsn()), Optional.empty());
    }

    private Checkpoint begin(Lsn from) {
        Checkpoint start = Checkpoint.start(slot.name(), capabilities, from);
        checkpoints.save(start);
        return start;
    }

    /** What the user named was made by the user, who has seen to it. */
    private void keepOnStandbys(SlotState state) {
        boolean own = plan.task().source().slot() == null;
        if (own && capabilities.failoverSlots() && !state.active() && state.failover() != wantsFailover()) {
            slot.keepOnStandbys(wantsFailover());
        }
    }

    private boolean wantsFailover() {
        return capabilities.failoverSlots() && plan.task().source().slotCare().failover();
    }

    /** The checkpoint to go on from, and the snapshot of a slot that was made just now. */
    record Held(Checkpoint checkpoint, Optional<ExportedSnapshot> snapshot) {}
}
