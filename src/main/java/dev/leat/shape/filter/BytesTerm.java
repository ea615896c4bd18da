package dev.leat.shape.filter;

import dev.leat.change.Row;
import java.nio.charset.StandardCharsets;

/** A value that is compared by its bytes, or as digits. */
sealed interface BytesTerm {

    /** The row that holds the value. */
    Row in(Row row, Row rest);

    /** Its place in that row. */
    int column();

    /** Its bytes in that row, or {@link Row#NULL}. */
    default int length(Row holder) {
        return holder.length(column());
    }

    /** A column as it stands. */
    record OfCell(Cell cell) implements BytesTerm {
        @Override
        public Row in(Row row, Row rest) {
            return cell.in(row, rest);
        }

        @Override
        public int column() {
            return cell.index();
        }
    }

    /** A column of type character, whose trailing blanks mean nothing. */
    record Stripped(Cell cell) implements BytesTerm {
        @Override
        public Row in(Row row, Row rest) {
            return cell.in(row, rest);
        }

        @Override
        public int column() {
            return cell.index();
        }

        @Override
        public int length(Row holder) {
            int length = holder.length(cell.index());
            int start = holder.start(cell.index());
            while (length > 0 && holder.bytes()[start + length - 1] == ' ') {
                length--;
            }
            return length;
        }
    }

    /** A boolean cast to text, which is a word and not the letter that is printed. */
    record Word(Cell cell) implements BytesTerm {
        private static final Row TRUE = Fixed.row("true");
        private static final Row FALSE = Fixed.row("false");
        private static final Row NOTHING = nothing();

        @Override
        public Row in(Row row, Row rest) {
            if (row.isNull(cell.index())) {
                return NOTHING;
            }
            return row.bytes()[row.start(cell.index())] == 't' ? TRUE : FALSE;
        }

        @Override
        public int column() {
            return 0;
        }

        private static Row nothing() {
            Row row = new Row();
            row.add(0, Row.NULL);
            return row;
        }
    }

    /** The digits of a number that was computed. */
    record Digits(LongTerm term) implements BytesTerm {
        @Override
        public Row in(Row row, Row rest) {
            return term.isNull(row, rest) ? Word.NOTHING : Fixed.row(Long.toString(term.value(row, rest)));
        }

        @Override
        public int column() {
            return 0;
        }
    }

    /** A constant, in a row of its own. */
    record Fixed(Row holder) implements BytesTerm {
        @Override
        public Row in(Row row, Row rest) {
            return holder;
        }

        @Override
        public int column() {
            return 0;
        }

        static Row row(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Row row = new Row();
            row.reset(bytes, false);
            row.add(0, bytes.length);
            return row;
        }
    }
}
