package dev.leat.sync.oversize;

import dev.leat.change.Change;
import dev.leat.change.Row;
import java.util.Collection;
import java.util.Set;

/** Leaves of a change only what its row is told apart by, and what chooses its partition. */
public final class KeyOnly {

    private final Set<Integer> kept;

    /** Keeps the values of these columns of a table. */
    public KeyOnly(Collection<Integer> kept) {
        this.kept = Set.copyOf(kept);
    }

    /** The change without all other values. */
    public Change of(Change change) {
        return Images.with(change, row -> reduced(row, Row.NULL), row -> reduced(row, Row.UNCHANGED));
    }

    /** Of the row before, formats know how to say that only its key is known; of the one after, that values lack. */
    private Row reduced(Row row, int otherwise) {
        Row reduced = new Row();
        reduced.reset(row.bytes(), true);
        for (int i = 0; i < row.size(); i++) {
            reduced.add(row.start(i), kept.contains(i) ? row.length(i) : otherwise);
        }
        return reduced;
    }
}
