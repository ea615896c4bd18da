package dev.leat.precheck;

/** One item of the precheck. */
interface Check {

    /** Its name, by which a user ignores it; never changes. */
    String name();

    /** What it looks at, for people. */
    String title();

    /**
     * Looks.
     *
     * @throws PreconditionFailed when another check owns the cause
     * @throws dev.leat.failure.SyncException when it cannot run
     */
    Outcome run(PrecheckContext context);
}
