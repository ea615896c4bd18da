package dev.leat.shape.etl;

import dev.leat.change.Change;
import dev.leat.failure.SyncException;

/** What became of a change. */
public sealed interface EtlOutcome {

    /** The change goes on; its rows are valid until the program is given the next one. */
    record Kept(Change change) implements EtlOutcome {}

    /** The user does not want it. */
    record Dropped() implements EtlOutcome {}

    /** A step could not work on it; the failure names table, step, column and place, and never a value. */
    record Failed(SyncException failure) implements EtlOutcome {}
}
