package dev.leat.shape.filter;

import dev.leat.change.Row;

/** Decides something about a row, in SQL's three truths; {@code rest} holds large values that the row left unchanged. */
sealed interface Condition
        permits Condition.Fixed,
                Condition.Junction,
                Condition.Not,
                Condition.Is,
                Condition.IsNull,
                Condition.Distinct,
                Condition.Flag,
                Condition.Comparison,
                Condition.Differ,
                Condition.Like,
                LongConditions.Comparison,
                LongConditions.Among,
                DoubleComparison,
                BytesConditions.Comparison,
                BytesConditions.Among {

    Truth of(Row row, Row rest);

    /** The same for every row. */
    record Fixed(Truth truth) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return truth;
        }
    }

    /** AND: the least true of the operands; OR: the most true one. */
    record Junction(boolean and, Condition[] operands) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            Truth decisive = and ? Truth.FALSE : Truth.TRUE;
            Truth result = decisive.not();
            for (Condition operand : operands) {
                Truth truth = operand.of(row, rest);
                if (truth == decisive) {
                    return decisive;
                }
                if (truth == Truth.UNKNOWN) {
                    result = Truth.UNKNOWN;
                }
            }
            return result;
        }
    }

    /** NOT. */
    record Not(Condition operand) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return operand.of(row, rest).not();
        }
    }

    /** IS TRUE, IS FALSE, IS UNKNOWN. */
    record Is(Condition operand, Truth truth) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return Truth.of(operand.of(row, rest) == truth);
        }
    }

    /** IS NULL; a value that was left unchanged is large and therefore not null. */
    record IsNull(Cell cell) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return Truth.of(row.isNull(cell.index()));
        }
    }

    /** IS DISTINCT FROM, where two nulls are the same. */
    record Distinct(Condition equal, Condition leftNull, Condition rightNull) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            boolean left = leftNull.of(row, rest) == Truth.TRUE;
            boolean right = rightNull.of(row, rest) == Truth.TRUE;
            return left || right ? Truth.of(left != right) : equal.of(row, rest).not();
        }
    }

    /** A boolean column. */
    record Flag(LongTerm term) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return term.isNull(row, rest) ? Truth.UNKNOWN : Truth.of(term.value(row, rest) != 0);
        }
    }

    /** Two conditions compared; false is less than true. */
    record Comparison(Operator operator, Condition left, Condition right) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            Truth first = left.of(row, rest);
            Truth second = right.of(row, rest);
            return first == Truth.UNKNOWN || second == Truth.UNKNOWN
                    ? Truth.UNKNOWN
                    : Truth.of(operator.holds(first.compareTo(second)));
        }
    }

    /** IS DISTINCT FROM between two conditions. */
    record Differ(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return Truth.of(left.of(row, rest) != right.of(row, rest));
        }
    }

    /** LIKE and ILIKE. */
    record Like(BytesTerm term, LikePattern pattern) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            Row holder = term.in(row, rest);
            int length = term.length(holder);
            return length == Row.NULL
                    ? Truth.UNKNOWN
                    : Truth.of(pattern.matches(holder.bytes(), holder.start(term.column()), length));
        }
    }
}
