package dev.leat.shape.filter;

/**
 * A condition that makes sense for its table.
 *
 * @param condition how to decide it for a row
 * @param sql the same for the source, in one pair of parentheses or without any operator
 */
record Checked(Condition condition, String sql) {

    Checked negated() {
        return new Checked(new Condition.Not(condition), "(NOT " + sql + ")");
    }
}
