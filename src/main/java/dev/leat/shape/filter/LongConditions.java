package dev.leat.shape.filter;

import dev.leat.change.Row;
import java.util.Arrays;

/** Conditions over values that fit into a long. */
final class LongConditions {

    private LongConditions() {}

    /** {@code x < y} and its like. */
    record Comparison(Operator operator, LongTerm left, LongTerm right) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return left.isNull(row, rest) || right.isNull(row, rest)
                    ? Truth.UNKNOWN
                    : Truth.of(operator.holds(Long.compare(left.value(row, rest), right.value(row, rest))));
        }
    }

    /** {@code x IN (…)} over constants in order. */
    record Among(LongTerm term, long[] sorted) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            return term.isNull(row, rest)
                    ? Truth.UNKNOWN
                    : Truth.of(Arrays.binarySearch(sorted, term.value(row, rest)) >= 0);
        }
    }
}
