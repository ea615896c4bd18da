package dev.leat.shape.filter;

import dev.leat.change.Row;

/** Compares floating-point numbers as PostgreSQL does: NaN equals itself and is the greatest, and -0 equals 0. */
record DoubleComparison(Operator operator, DoubleTerm left, DoubleTerm right) implements Condition {

    @Override
    public Truth of(Row row, Row rest) {
        return left.isNull(row, rest) || right.isNull(row, rest)
                ? Truth.UNKNOWN
                : Truth.of(operator.holds(order(left.value(row, rest), right.value(row, rest))));
    }

    private static int order(double left, double right) {
        // adding 0 turns -0 into 0, and Java's order does the rest
        return Double.compare(left + 0.0, right + 0.0);
    }
}
