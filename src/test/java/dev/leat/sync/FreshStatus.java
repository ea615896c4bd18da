package dev.leat.sync;

import java.time.Clock;

/** The numbers of a run that has done nothing yet, for tests of other rooms. */
public final class FreshStatus {

    private FreshStatus() {}

    /** Another one each time. */
    public static SyncStatus make() {
        return new SyncStatus(Clock.systemUTC());
    }
}
