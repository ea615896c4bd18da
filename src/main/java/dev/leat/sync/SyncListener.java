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

    /** The run goes on, but not as it should: a person ought to know, and can do something about it. */
    default void warned(String kind, String message, String remedy) {
        happened(kind, message + " " + remedy);
    }
}
