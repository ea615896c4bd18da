package dev.leat.shape.filter;

import org.jspecify.annotations.Nullable;

/** A part of a filter that has a value, with its type. {@code at} is an index of the text. */
sealed interface Value {

    int at();

    /** As messages show it. */
    String shown();

    /**
     * A column.
     *
     * @param stored the type that its bytes are in
     * @param type the type after casts
     * @param sql an SQL expression of that type
     */
    record Column(int at, Cell cell, Type stored, Type type, String sql) implements Value {
        @Override
        public String shown() {
            return cell.name() + " (" + type.shown() + ")";
        }
    }

    /** A value that is known, in PostgreSQL's own text form of its type. */
    record Constant(int at, Type type, String text) implements Value {
        @Override
        public String shown() {
            return Sql.shown(text) + " (" + type.shown() + ")";
        }
    }

    /** A text in quotes that has yet to become a value of some type. */
    record Untyped(int at, String text) implements Value {
        @Override
        public String shown() {
            return Sql.shown(text);
        }
    }

    /** NULL, perhaps of a type. */
    record Null(int at, @Nullable Type type) implements Value {
        @Override
        public String shown() {
            return "NULL";
        }
    }

    /** The remainder of a division by a constant, which therefore can neither fail nor overflow. */
    record Remainder(int at, LongTerm term, Condition isNull, Type type, String sql) implements Value {
        @Override
        public String shown() {
            return "the remainder (" + type.shown() + ")";
        }
    }

    /** A condition as a boolean value. */
    record Decided(int at, Checked checked) implements Value {
        @Override
        public String shown() {
            return "a condition (boolean)";
        }
    }
}
