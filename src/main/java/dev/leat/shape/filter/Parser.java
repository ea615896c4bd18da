package dev.leat.shape.filter;

import dev.leat.failure.SyncException;
import dev.leat.shape.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a filter with PostgreSQL's precedence of operators, by binding powers (Pratt, "Top Down Operator Precedence",
 * 1973). What it does not know it refuses.
 */
final class Parser {

    static final String ALLOWED =
            "A filter may hold columns, literals, = <> < <= > >=, AND, OR, NOT, IN, BETWEEN, LIKE,"
                    + " ILIKE, IS [NOT] NULL, TRUE, FALSE, UNKNOWN, DISTINCT FROM, %, casts and parentheses.";

    private static final int MAX_DEPTH = 50;

    // binding powers, from the loosest to the tightest; source: PostgreSQL's gram.y
    private static final int OR = 10;
    private static final int AND = 20;
    private static final int NOT = 30;
    private static final int IS = 40;
    private static final int COMPARE = 50;
    private static final int RANGE = 60;
    private static final int MULTIPLY = 80;
    private static final int SIGN = 90;
    private static final int CAST = 100;

    private final TokenReader tokens;
    private final Complaints complaints;
    private int depth;

    Parser(List<Token> tokens, Complaints complaints) {
        this.tokens = new TokenReader(tokens, complaints);
        this.complaints = complaints;
    }

    /** The whole text as one expression. */
    Expression parse() {
        if (tokens.peek().kind() == Kind.END) {
            throw complaints.at(0, "the condition is empty.", "Write a condition, or leave the filter out.");
        }
        Expression expression = expression(0);
        if (tokens.peek().kind() != Kind.END) {
            throw tokens.unexpected("an operator or the end");
        }
        return expression;
    }

    /** An expression whose operators bind at least so tightly. */
    private Expression expression(int power) {
        refuseDepth(++depth);
        Expression left = prefix();
        boolean compared = false;
        int chain = 0;
        while (power(tokens.peek()) > power) {
            Token token = tokens.peek();
            boolean compares = power(token) == COMPARE;
            if (compared && compares) {
                throw complaints.at(
                        token.at(),
                        "comparisons cannot follow one another.",
                        "Join them with AND, or use parentheses.");
            }
            refuseDepth(++chain);
            compared = compares;
            left = infix(left);
        }
        depth--;
        return left;
    }

    private void refuseDepth(int reached) {
        if (reached > MAX_DEPTH) {
            throw complaints.at(
                    tokens.peek().at(),
                    "the condition is nested more than " + MAX_DEPTH + " deep.",
                    "Write it with fewer parentheses.");
        }
    }

    /** How tightly an operator binds what stands before it; 0 when it is none. */
    private int power(Token token) {
        return switch (token.kind()) {
            case WORD ->
                switch (token.text()) {
                    case "or" -> OR;
                    case "and" -> AND;
                    case "is", "isnull", "notnull" -> IS;
                    case "in", "between", "like", "ilike", "similar" -> RANGE;
                    case "not" -> tokens.negatesRange() ? RANGE : 0;
                    default -> 0;
                };
            case SYMBOL ->
                switch (token.text()) {
                    case "=", "<>", "!=", "<", "<=", ">", ">=" -> COMPARE;
                    case "+", "-", "*", "/", "%" -> MULTIPLY;
                    case "::" -> CAST;
                    default -> 0;
                };
            case QUOTED_NAME, TEXT, NUMBER, END -> 0;
        };
    }

    private Expression prefix() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case TEXT -> new Expression.Text(token.at(), tokens.next().text());
            case NUMBER -> new Expression.Number(token.at(), tokens.next().text());
            case QUOTED_NAME -> column(tokens.next());
            case WORD -> word(token);
            case SYMBOL -> symbol(token);
            case END -> throw tokens.unexpected("a column or a literal");
        };
    }

    private Expression word(Token token) {
        Optional<Type> type = tokens.typeBeforeText();
        if (type.isPresent()) {
            Token text = tokens.next();
            return new Expression.Cast(token.at(), new Expression.Text(text.at(), text.text()), type.get());
        }
        tokens.next();
        return switch (token.text()) {
            case "true", "false" -> new Expression.Bool(token.at(), token.isWord("true"));
            case "null" -> new Expression.Null(token.at());
            case "not" -> new Expression.Not(token.at(), expression(NOT - 1));
            case "cast" -> cast(token);
            default -> column(token);
        };
    }

    private Expression cast(Token token) {
        tokens.expectSymbol("(");
        Expression operand = expression(0);
        tokens.expectWord("as");
        Type type = tokens.type();
        tokens.expectSymbol(")");
        return new Expression.Cast(token.at(), operand, type);
    }

    private Expression column(Token token) {
        Token next = tokens.peek();
        if (token.isWord("select") || token.isWord("exists")) {
            throw complaints.at(token.at(), "subqueries are not available.", "Use only the table's own columns.");
        }
        if (next.isSymbol("(")) {
            throw complaints.at(token.at(), "functions are not available.", ALLOWED);
        }
        if (token.kind() == Kind.WORD && ReservedWords.contains(token.text())) {
            throw complaints.at(
                    token.at(),
                    "'" + token.text() + "' is a reserved word.",
                    "If a column has this name, write it in double quotes. " + ALLOWED);
        }
        if (next.isSymbol(".")) {
            throw complaints.at(token.at(), "a column stands without its table.", "Leave out '" + token.text() + ".'.");
        }
        return new Expression.Name(token.at(), token.text());
    }

    private Expression symbol(Token token) {
        if (token.isSymbol("(")) {
            tokens.next();
            Expression inner = expression(0);
            tokens.expectSymbol(")");
            return inner;
        }
        if (token.isSymbol("-") || token.isSymbol("+")) {
            tokens.next();
            return signed(token, expression(SIGN));
        }
        throw tokens.unexpected("a column or a literal");
    }

    private Expression signed(Token sign, Expression operand) {
        return switch (operand) {
            case Expression.Number number -> new Expression.Number(sign.at(), negated(sign, number.digits()));
            case Expression.Cast cast
            when cast.operand() instanceof Expression.Number ->
                new Expression.Cast(cast.at(), signed(sign, cast.operand()), cast.type());
            default ->
                throw complaints.at(
                        sign.at(),
                        "a sign may stand only before a number.",
                        "Compare with the negated number instead.");
        };
    }

    private static String negated(Token sign, String digits) {
        if (sign.isSymbol("+")) {
            return digits;
        }
        return digits.startsWith("-") ? digits.substring(1) : "-" + digits;
    }

    private Expression infix(Expression left) {
        Token token = tokens.next();
        return switch (token.text()) {
            case "and" -> junction(token, true, left);
            case "or" -> junction(token, false, left);
            case "is" -> is(token, left);
            case "not" -> new Expression.Not(token.at(), range(tokens.next(), left));
            case "in", "between", "like", "ilike" -> range(token, left);
            case "::" -> new Expression.Cast(token.at(), left, tokens.type());
            case "%" -> new Expression.Remainder(token.at(), left, expression(MULTIPLY));
            case "=", "<>", "!=", "<", "<=", ">", ">=" ->
                new Expression.Comparison(token.at(), operator(token), left, expression(COMPARE));
            default -> throw notAvailable(token);
        };
    }

    private SyncException notAvailable(Token token) {
        return "+-*/".contains(token.text())
                ? complaints.at(
                        token.at(),
                        "arithmetic other than % is not available, because a row could overflow it.",
                        "Compare the column itself.")
                : complaints.at(token.at(), token.text().toUpperCase(Locale.ROOT) + " is not available.", ALLOWED);
    }

    private static Operator operator(Token token) {
        return switch (token.text()) {
            case "=" -> Operator.EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> Operator.NOT_EQUAL;
        };
    }

    private Expression junction(Token token, boolean and, Expression first) {
        List<Expression> operands = new ArrayList<>(List.of(first));
        operands.add(expression(and ? AND : OR));
        while (tokens.peek().isWord(token.text())) {
            tokens.next();
            operands.add(expression(and ? AND : OR));
        }
        return new Expression.Junction(token.at(), and, operands);
    }

    private Expression is(Token token, Expression left) {
        if (!tokens.peek().isWord("not")) {
            return isWhat(token, left);
        }
        tokens.next();
        return new Expression.Not(token.at(), isWhat(token, left));
    }

    private Expression isWhat(Token token, Expression left) {
        Token what = tokens.next();
        return switch (what.kind() == Kind.WORD ? what.text() : "") {
            case "null" -> new Expression.IsNull(token.at(), left);
            case "true" -> new Expression.Is(token.at(), left, Truth.TRUE);
            case "false" -> new Expression.Is(token.at(), left, Truth.FALSE);
            case "unknown" -> new Expression.Is(token.at(), left, Truth.UNKNOWN);
            case "distinct" -> {
                tokens.expectWord("from");
                yield new Expression.Distinct(token.at(), left, expression(IS));
            }
            default -> throw tokens.unexpected(what, "[NOT] NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
        };
    }

    private Expression range(Token token, Expression left) {
        return switch (token.text()) {
            case "in" -> new Expression.In(token.at(), value(token, left), items());
            case "between" -> between(token, value(token, left));
            case "like" -> like(token, left, false);
            case "ilike" -> like(token, left, true);
            default -> throw notAvailable(token);
        };
    }

    /** IN and BETWEEN repeat what stands before them, which must therefore be small. */
    private Expression value(Token token, Expression left) {
        return switch (left) {
            case Expression.Name name -> name;
            case Expression.Text text -> text;
            case Expression.Number number -> number;
            case Expression.Bool bool -> bool;
            case Expression.Null nothing -> nothing;
            case Expression.Cast cast -> cast;
            case Expression.Remainder remainder -> remainder;
            case Expression.Comparison _,
                    Expression.Junction _,
                    Expression.Not _,
                    Expression.In _,
                    Expression.Like _,
                    Expression.IsNull _,
                    Expression.Is _,
                    Expression.Distinct _ ->
                throw complaints.at(
                        token.at(),
                        "a condition cannot stand before " + token.text().toUpperCase(Locale.ROOT) + ".",
                        "Write a column there.");
        };
    }

    private List<Expression> items() {
        tokens.expectSymbol("(");
        List<Expression> items = new ArrayList<>(List.of(expression(0)));
        while (tokens.peek().isSymbol(",")) {
            tokens.next();
            items.add(expression(0));
        }
        tokens.expectSymbol(")");
        return items;
    }

    private Expression between(Token token, Expression left) {
        Expression low = expression(RANGE);
        tokens.expectWord("and");
        Expression high = expression(RANGE);
        return new Expression.Junction(
                token.at(),
                true,
                List.of(
                        new Expression.Comparison(token.at(), Operator.GREATER_OR_EQUAL, left, low),
                        new Expression.Comparison(token.at(), Operator.LESS_OR_EQUAL, left, high)));
    }

    private Expression like(Token token, Expression left, boolean anyCase) {
        Expression pattern = expression(RANGE);
        if (!tokens.peek().isWord("escape")) {
            return new Expression.Like(token.at(), left, pattern, null, anyCase);
        }
        tokens.next();
        return new Expression.Like(token.at(), left, pattern, expression(RANGE), anyCase);
    }
}
