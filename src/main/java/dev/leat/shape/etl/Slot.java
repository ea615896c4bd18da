package dev.leat.shape.etl;

import dev.leat.change.Column;

/**
 * A column at some point of the program. Each step that gives a column another value makes a new slot, so that a slot's
 * value never changes within a row.
 *
 * @param index the slot's number; the source's columns come first
 * @param column the column under its name at that point
 * @param kind what its values are in expressions
 */
record Slot(int index, Column column, Kind kind) {

    static Slot of(int index, Column column) {
        return new Slot(index, column, Kind.of(column.type()));
    }

    /** Whether blanks at the end mean nothing, because the source fills the value up with them. */
    boolean padded() {
        return column.type().undomained().oid() == Types.BPCHAR_OID;
    }

    Slot named(String name) {
        return new Slot(index, new Column(name, column.type(), column.notNull()), kind);
    }
}
