package dev.leat.shape.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a filter says, before anybody asks whether it makes sense for the table. {@code at} is an index of the text. */
sealed interface Expression {

    int at();

    /** A column. */
    record Name(int at, String name) implements Expression {}

    /** A text in quotes, which becomes what it is compared with. */
    record Text(int at, String text) implements Expression {}

    /** A number, perhaps with a sign. */
    record Number(int at, String digits) implements Expression {}

    /** TRUE or FALSE. */
    record Bool(int at, boolean value) implements Expression {}

    /** NULL. */
    record Null(int at) implements Expression {}

    /** {@code x::t}, {@code CAST(x AS t)} or {@code t 'x'}. */
    record Cast(int at, Expression operand, Type type) implements Expression {}

    /** {@code x % y}. */
    record Remainder(int at, Expression dividend, Expression divisor) implements Expression {}

    /** {@code x < y} and its like. */
    record Comparison(int at, Operator operator, Expression left, Expression right) implements Expression {}

    /** Operands joined by AND, or by OR. */
    record Junction(int at, boolean and, List<Expression> operands) implements Expression {}

    /** NOT. */
    record Not(int at, Expression operand) implements Expression {}

    /** {@code x IN (…)}. */
    record In(int at, Expression left, List<Expression> items) implements Expression {}

    /** {@code x LIKE 'pattern' ESCAPE 'c'}. */
    record Like(
            int at,
            Expression left,
            Expression pattern,
            @Nullable Expression escape,
            boolean anyCase) implements Expression {}

    /** {@code x IS NULL}. */
    record IsNull(int at, Expression operand) implements Expression {}

    /** {@code x IS TRUE}, {@code IS FALSE} or {@code IS UNKNOWN}. */
    record Is(int at, Expression operand, Truth truth) implements Expression {}

    /** {@code x IS DISTINCT FROM y}. */
    record Distinct(int at, Expression left, Expression right) implements Expression {}
}
