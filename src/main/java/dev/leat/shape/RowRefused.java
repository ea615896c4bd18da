package dev.leat.shape;

import dev.leat.change.Change;
import dev.leat.failure.SyncException;

/** ETL cannot work on a row: why, and the change as it came, valid until its decoder goes on. */
public final class RowRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient SyncException failure;
    private final transient Change change;

    RowRefused(SyncException failure, Change change) {
        super(failure.getMessage(), failure, false, false);
        this.failure = failure;
        this.change = change;
    }

    /** Why; names table, step, column and place, and never a value. */
    public SyncException failure() {
        return failure;
    }

    /** The change with the source's columns. */
    public Change change() {
        return change;
    }
}
