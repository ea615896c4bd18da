package dev.leat.shape.filter;

/** How two values may be compared. */
enum Operator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sql;

    Operator(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /** Whether it asks for an order, and not only whether two values are the same. */
    boolean orders() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** Whether it holds for two values of which the first is less (negative), the same (0) or greater (positive). */
    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }
}
