package dev.leat.kafka.format;

import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;

/** A value cannot be written; thrown without stack or text on the road of a row, and told apart by its instance. */
@SuppressWarnings("StaticAssignmentOfThrowable") // none has a stack to mislead with
final class UnwritableValue extends RuntimeException {

    /** The text is not what the column's type prints. */
    static final UnwritableValue MALFORMED = new UnwritableValue();

    /** The value is sound, but the record's own schema has no room for it. */
    static final UnwritableValue OUTSIDE_SCHEMA = new UnwritableValue();

    /** The record would not fit into an array. */
    static final UnwritableValue TOO_LARGE = new UnwritableValue();

    /** A column of the key was not sent. */
    static final UnwritableValue KEY_MISSING = new UnwritableValue();

    /** The value is NULL, and the record's own schema says that the column never is. */
    static final UnwritableValue UNEXPECTED_NULL = new UnwritableValue();

    private static final long serialVersionUID = 1;

    private UnwritableValue() {
        super(null, null, false, false);
    }

    /** The failure that ends the work: names table and column, never the value. */
    SyncException failure(Table table, int column) {
        if (this == TOO_LARGE || column >= table.columns().size()) {
            FailureKind kind = this == TOO_LARGE ? FailureKind.RECORD_TOO_LARGE : FailureKind.SOURCE_PROTOCOL;
            String what = this == TOO_LARGE ? "a record exceeds 2 GiB." : "the source sent a row of another shape.";
            return new SyncException(kind, "Table " + table.id() + ": " + what, this);
        }
        String place = "Table " + table.id() + ", column "
                + table.columns().get(column).name() + ": ";
        String type = table.columns().get(column).type().sqlName();
        if (this == KEY_MISSING) {
            return new SyncException(
                    FailureKind.SOURCE_CONFIGURATION,
                    place + "the log does not hold this column of the key.",
                    "Run ALTER TABLE " + table.id().quoted() + " REPLICA IDENTITY FULL, then copy the table again.",
                    this);
        }
        if (this == OUTSIDE_SCHEMA) {
            return new SyncException(
                    FailureKind.SETTINGS,
                    place + "a value of type " + type + " has no place in the record's schema.",
                    "Set decimal.handling.mode=string for NaN and infinities, array.nesting=nested (AVRO) or"
                            + " schemas.enable=false (DEBEZIUM_JSON) for arrays of several dimensions, or leave the column"
                            + " out.",
                    this);
        }
        return new SyncException(
                FailureKind.SOURCE_PROTOCOL, place + "the source sent a value that is not of type " + type + ".", this);
    }
}
