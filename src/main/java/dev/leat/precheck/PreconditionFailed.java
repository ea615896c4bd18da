package dev.leat.precheck;

/** A check needs what another check has found to be broken; that one speaks, this one stays silent. */
final class PreconditionFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Names the check that owns the cause. */
    PreconditionFailed(String owner) {
        super("Waits for " + owner + ": mend first what that check has found.");
    }
}
