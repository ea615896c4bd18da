package dev.leat.change;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to one row (or, with {@link Truncate}, to all of a table's). */
public sealed interface Change {

    /** The table it happened to. */
    Table table();

    /** Where it comes from. */
    Origin origin();

    /** The row as it was copied in the full phase. */
    record Read(Table table, Origin origin, Row after) implements Change {}

    /** A new row. */
    record Insert(Table table, Origin origin, Row after) implements Change {}

    /** A changed row; {@code before} is the old row, or only the old key, or null when the log does not hold it. */
    record Update(Table table, Origin origin, @Nullable Row before, Row after) implements Change {

        /** The old row or key, where the log holds it. */
        public Optional<Row> known() {
            return Optional.ofNullable(before);
        }
    }

    /** A row that is gone; {@code before} is the old row or only its key. */
    record Delete(Table table, Origin origin, Row before) implements Change {}

    /** All rows are gone. */
    record Truncate(Table table, Origin origin) implements Change {}
}
