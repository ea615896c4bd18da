package dev.leat.shape.etl;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;

/**
 * Where in the settings something stands, for messages.
 *
 * @param table the table
 * @param field path of the field, such as {@code etl[0].steps[1].to}
 * @param more what else helps to find it, with a leading comma; may be empty
 */
record Place(TableId table, String field, String more) {

    Place(TableId table, String field) {
        this(table, field, "");
    }

    Place with(String detail) {
        return new Place(table, field, more + ", " + detail);
    }

    SyncException refused(String what, String remedy) {
        return new SyncException(
                FailureKind.SETTINGS, "Table " + table + ", " + field + more + ": " + what, remedy, null);
    }
}
