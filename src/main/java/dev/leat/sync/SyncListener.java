package dev.leat.sync;

import dev.leat.settings.Phase;

/** Is told what a person following a run would want to know. */
public interface SyncListener {

    /** A phase begins. */
    void phaseStarted(Phase phase);

    /** A phase is complete. */
    void phaseCompleted(Phase phase);

    /** Something worth a line in the event log. */
    void happened(String kind, String message);

    /** Something that goes on, but that a person should look at. */
    void incident(String kind, String message, String remedy);

    /** The task's slot was looked at, which is done every few seconds. */
    default void slotSeen(SlotHealth health) {}
}
