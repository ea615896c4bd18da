package dev.leat.shape.filter;

import dev.leat.change.Row;
import java.nio.charset.StandardCharsets;

/** A value that is compared as double precision. */
sealed interface DoubleTerm {

    boolean isNull(Row row, Row rest);

    /** The value of a row where it is not null. */
    double value(Row row, Row rest);

    /** A column of type real or double precision. */
    record OfCell(Cell cell, boolean single) implements DoubleTerm {
        @Override
        public boolean isNull(Row row, Row rest) {
            return row.isNull(cell.index());
        }

        @Override
        public double value(Row row, Row rest) {
            Row holder = cell.in(row, rest);
            return parse(
                    new String(
                            holder.bytes(),
                            holder.start(cell.index()),
                            holder.length(cell.index()),
                            StandardCharsets.ISO_8859_1),
                    single);
        }
    }

    /** A whole number. */
    record OfLong(LongTerm term) implements DoubleTerm {
        @Override
        public boolean isNull(Row row, Row rest) {
            return term.isNull(row, rest);
        }

        @Override
        public double value(Row row, Row rest) {
            return term.value(row, rest);
        }
    }

    /** A constant. */
    record Fixed(double constant) implements DoubleTerm {
        @Override
        public boolean isNull(Row row, Row rest) {
            return false;
        }

        @Override
        public double value(Row row, Row rest) {
            return constant;
        }
    }

    /** A text as PostgreSQL prints it; real is read as such first, because that rounds in another place. */
    static double parse(String text, boolean single) {
        return single ? Float.parseFloat(text) : Double.parseDouble(text);
    }
}
