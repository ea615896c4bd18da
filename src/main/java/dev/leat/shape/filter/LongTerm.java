package dev.leat.shape.filter;

import dev.leat.change.Row;

/** A value that fits into a long: whole numbers, booleans, days, microseconds. */
sealed interface LongTerm {

    boolean isNull(Row row, Row rest);

    /** The value of a row where it is not null. */
    long value(Row row, Row rest);

    /** A column. */
    record OfCell(Cell cell, LongFormat format) implements LongTerm {
        @Override
        public boolean isNull(Row row, Row rest) {
            return row.isNull(cell.index());
        }

        @Override
        public long value(Row row, Row rest) {
            Row holder = cell.in(row, rest);
            return format.read(holder.bytes(), holder.start(cell.index()), holder.length(cell.index()));
        }
    }

    /** A constant. */
    record Fixed(long constant) implements LongTerm {
        @Override
        public boolean isNull(Row row, Row rest) {
            return false;
        }

        @Override
        public long value(Row row, Row rest) {
            return constant;
        }
    }

    /** The remainder of a division; its sign is the dividend's, in Java as in PostgreSQL. */
    record Remainder(LongTerm dividend, long divisor) implements LongTerm {
        @Override
        public boolean isNull(Row row, Row rest) {
            return dividend.isNull(row, rest);
        }

        @Override
        public long value(Row row, Row rest) {
            return dividend.value(row, rest) % divisor;
        }
    }
}
