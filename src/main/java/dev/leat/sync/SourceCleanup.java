package dev.leat.sync;

import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.Publication;
import dev.leat.postgres.ReplicationSlot;

/** Removes what a task has made at its source, for good. What the user named was the user's, and stays. */
public final class SourceCleanup {

    private final SyncPlan plan;

    /** The cleanup after a task. */
    public SourceCleanup(SyncPlan plan) {
        this.plan = plan;
    }

    /**
     * Drops slot and publication; doing so twice is no error.
     *
     * @return what was done, for the event log
     * @throws dev.leat.failure.SyncException when the source cannot be reached or refuses
     */
    public String run() {
        PostgresSource source = new PostgresSource(plan.source(), plan.applicationName());
        boolean ownSlot = plan.task().source().slot() == null;
        boolean ownPublication = plan.task().source().publication() == null;
        if (ownSlot) {
            ReplicationSlot slot = new ReplicationSlot(source, plan.slot());
            slot.evict(plan.applicationName());
            slot.drop();
        }
        if (ownPublication) {
            new Publication(source, plan.publication()).drop();
        }
        return "Slot " + plan.slot() + (ownSlot ? " dropped" : " left, as the task named it") + "; publication "
                + plan.publication() + (ownPublication ? " dropped" : " left, as the task named it") + ".";
    }
}
