package dev.leat.sync;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.Publication;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.settings.SourceEndpoint;
import org.jspecify.annotations.Nullable;

/** Removes what a task has made at its source, for good. What the user named was the user's, and stays. */
public final class SourceCleanup {

    private final PostgresSource source;
    private final String applicationName;

    /** The cleanup at a source, after the task that goes by an application name there. */
    public SourceCleanup(SourceEndpoint endpoint, String applicationName) {
        this.source = new PostgresSource(endpoint, applicationName);
        this.applicationName = applicationName;
    }

    /** Drops what a task has made. */
    public static String after(SyncPlan plan) {
        boolean ownSlot = plan.task().source().slot() == null;
        boolean ownPublication = plan.ownsPublication();
        new SourceCleanup(plan.source(), plan.applicationName())
                .drop(ownSlot ? plan.slot() : null, ownPublication ? plan.publication() : null);
        return "Slot " + plan.slot() + (ownSlot ? " dropped" : " left, as the task named it") + "; publication "
                + plan.publication() + (ownPublication ? " dropped" : " left, as the task named it") + ".";
    }

    /**
     * Refuses a source that is not the one that something was left at.
     *
     * @throws SyncException when it is another cluster, or cannot be reached
     */
    public void require(String systemIdentifier) {
        String found = Capabilities.probe(source).systemIdentifier();
        if (!found.equals(systemIdentifier)) {
            throw new SyncException(
                    FailureKind.SOURCE_CONFIGURATION,
                    "Source " + source + ": is another cluster now (system identifier " + found + ", before "
                            + systemIdentifier + ").",
                    "Drop what is left at the former one by hand, or let the connection lead there again.",
                    null);
        }
    }

    /**
     * Drops a slot and a publication, as far as they are named; doing so twice is no error.
     *
     * @throws dev.leat.failure.SyncException when the source cannot be reached or refuses
     */
    public void drop(@Nullable String slot, @Nullable String publication) {
        if (slot != null) {
            ReplicationSlot found = new ReplicationSlot(source, slot);
            found.evict(applicationName);
            found.drop();
        }
        if (publication != null) {
            new Publication(source, publication).drop();
        }
    }
}
