package dev.leat.shape.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out how two values are compared, as PostgreSQL does: a text in quotes takes the type of the other side, numbers
 * widen. Source: PostgreSQL's manual, "Type Conversion".
 */
final class Comparisons {

    private final Complaints complaints;
    private final Casts casts;

    Comparisons(Complaints complaints, Casts casts) {
        this.complaints = complaints;
        this.casts = casts;
    }

    /** {@code x < y} and its like. */
    Checked compare(int at, Operator operator, Value left, Value right) {
        Pair pair = pair(at, left, right);
        if (pair.family == Family.BYTES
                && operator.orders()
                && Terms.type(pair.left).kind() == Type.Kind.ENUM) {
            throw complaints.at(
                    at,
                    pair.left.shown() + " has no order that Leat knows.",
                    "Compare an enum with = or <>, or name its labels with IN.");
        }
        return new Checked(condition(operator, pair), sql(pair, operator.sql(), operator.orders()));
    }

    /** {@code x IS DISTINCT FROM y}. */
    Checked distinct(int at, Value left, Value right) {
        Pair pair = pair(at, left, right);
        Condition distinct = pair.conditions()
                ? new Condition.Differ(Terms.asCondition(pair.left), Terms.asCondition(pair.right))
                : new Condition.Distinct(
                        condition(Operator.EQUAL, pair), Terms.isNull(pair.left), Terms.isNull(pair.right));
        return new Checked(distinct, sql(pair, "IS DISTINCT FROM", false));
    }

    /** {@code x IN (…)}; constants first agree on one type among themselves and the left side. */
    Checked among(int at, Value left, List<Value> items) {
        List<Value> agreed = agree(left, items);
        Optional<Family> shared = constants(left, agreed);
        if (agreed.size() > 1
                && shared.isPresent()
                && shared.get() != Family.NUMERIC
                && shared.get() != Family.DOUBLE) {
            return amongConstants(left, agreed, shared.get());
        }
        List<Checked> equals = new ArrayList<>();
        agreed.forEach(item -> equals.add(compare(at, Operator.EQUAL, left, item)));
        Condition any = new Condition.Junction(
                false, equals.stream().map(Checked::condition).toArray(Condition[]::new));
        return new Checked(any, Sql.joined("OR", equals.stream().map(Checked::sql)));
    }

    private Checked amongConstants(Value left, List<Value> items, Family family) {
        List<Value.Constant> constants =
                items.stream().map(Value.Constant.class::cast).toList();
        Condition among = family == Family.LONG
                ? new LongConditions.Among(
                        Terms.asLong(left),
                        constants.stream().mapToLong(Terms::number).sorted().toArray())
                : new BytesConditions.Among(
                        Terms.asBytes(left),
                        constants.stream()
                                .map(constant -> constant.text().getBytes(StandardCharsets.UTF_8))
                                .sorted(Arrays::compareUnsigned)
                                .toArray(byte[][]::new));
        String list = constants.stream()
                .map(constant -> family == Family.TEXT ? Sql.constant(Type.TEXT, constant.text()) : Terms.sql(constant))
                .collect(Collectors.joining(", "));
        return new Checked(among, "(" + Terms.sql(left, family, false) + " IN (" + list + "))");
    }

    /** The family in which all items are constants that are compared with the left side; empty when it is not so. */
    private static Optional<Family> constants(Value left, List<Value> items) {
        List<Family> families = new ArrayList<>();
        for (Value item : items) {
            Family family =
                    item instanceof Value.Constant && !(left instanceof Value.Untyped || left instanceof Value.Null)
                            ? Family.of(Terms.type(left), Terms.type(item))
                            : null;
            if (family == null) {
                return Optional.empty();
            }
            families.add(family);
        }
        return families.stream().distinct().count() == 1 ? Optional.of(families.getFirst()) : Optional.empty();
    }

    private List<Value> agree(Value left, List<Value> items) {
        if (items.stream().filter(Comparisons::isConstant).count() < 2) {
            return items.stream().map(item -> typed(item, left)).toList();
        }
        Type type = Stream.concat(Stream.of(left), items.stream().filter(Value.Constant.class::isInstance))
                .filter(value -> !(value instanceof Value.Untyped))
                .filter(value -> !(value instanceof Value.Null nothing && nothing.type() == null))
                .map(Terms::type)
                .reduce(wider())
                .orElse(Type.TEXT);
        return items.stream().map(item -> agreed(item, type)).toList();
    }

    private Value agreed(Value item, Type type) {
        return switch (item) {
            case Value.Untyped untyped -> casts.literal(untyped, comparable(untyped.at(), untyped, type));
            case Value.Constant constant
            when constant.type().number() && type.number() || constant.type().textual() && type.textual() ->
                casts.constant(constant.at(), constant, type);
            default -> item;
        };
    }

    private static BinaryOperator<Type> wider() {
        return (a, b) -> {
            boolean numbers = a.number() && b.number();
            return numbers && b.kind().compareTo(a.kind()) > 0 ? b : a;
        };
    }

    private static boolean isConstant(Value value) {
        return value instanceof Value.Constant || value instanceof Value.Untyped || value instanceof Value.Null;
    }

    private Pair pair(int at, Value left, Value right) {
        Value first = matched(typed(left, right), right);
        Value second = matched(typed(right, first), first);
        comparable(first.at(), first, Terms.type(first));
        comparable(second.at(), second, Terms.type(second));
        Family family = Family.of(Terms.type(first), Terms.type(second));
        if (family == null) {
            throw complaints.at(
                    at,
                    first.shown() + " cannot be compared with " + second.shown() + ".",
                    hint(Terms.type(first), Terms.type(second)));
        }
        if (family == Family.DOUBLE) {
            return new Pair(family, floating(at, first, second), floating(at, second, first));
        }
        if (family == Family.TEXT) {
            return new Pair(family, padded(first, second), padded(second, first));
        }
        return new Pair(family, first, second);
    }

    private Type comparable(int at, Value value, Type type) {
        if (!type.comparable()) {
            throw complaints.at(
                    at,
                    value.shown() + ": values of type " + type.shown() + " cannot be compared in a filter.",
                    "Only IS [NOT] NULL can ask for them.");
        }
        return type;
    }

    /** A text in quotes takes the other side's type. */
    private Value typed(Value value, Value other) {
        return switch (value) {
            case Value.Untyped untyped -> casts.literal(untyped, comparable(other.at(), other, Terms.type(other)));
            case Value.Null nothing when nothing.type() == null -> new Value.Null(nothing.at(), Terms.type(other));
            default -> value;
        };
    }

    /** The constant date that a timestamp is compared with is its midnight. */
    private Value matched(Value value, Value other) {
        boolean dateOnly =
                value instanceof Value.Constant constant && constant.type().kind() == Type.Kind.DATE;
        return dateOnly && Terms.type(other).timestamp()
                ? casts.constant(value.at(), (Value.Constant) value, Terms.type(other))
                : value;
    }

    /** A number that is compared with a floating-point one; numeric columns may be too large to be one. */
    private Value floating(int at, Value value, Value other) {
        return switch (value) {
            case Value.Constant constant
            when !constant.type().floating() -> casts.constant(constant.at(), constant, Type.FLOAT8);
            case Value.Column column
            when column.type().kind() == Type.Kind.NUMERIC ->
                throw complaints.at(
                        at,
                        value.shown() + " cannot be compared with " + other.shown() + ".",
                        "A numeric value can be too large for "
                                + Terms.type(other).shown()
                                + " and would stop the task. Compare it with a numeric literal.");
            default -> value;
        };
    }

    /** A varchar beside a character is a character, whose blanks at the end mean nothing; a text stays a text. */
    private Value padded(Value value, Value other) {
        if (Terms.type(value).kind() != Type.Kind.VARCHAR || Terms.type(other).kind() != Type.Kind.BPCHAR) {
            return value;
        }
        return switch (value) {
            case Value.Constant constant -> casts.constant(constant.at(), constant, Type.BPCHAR);
            case Value.Column column -> {
                boolean word = column.stored().kind() == Type.Kind.BOOL;
                yield new Value.Column(
                        column.at(),
                        column.cell(),
                        word ? column.stored() : Type.BPCHAR,
                        Type.BPCHAR,
                        Sql.cast(column.sql(), Type.BPCHAR));
            }
            default -> value;
        };
    }

    private static Condition condition(Operator operator, Pair pair) {
        if (pair.left instanceof Value.Null || pair.right instanceof Value.Null) {
            return new Condition.Fixed(Truth.UNKNOWN);
        }
        if (pair.conditions()) {
            return new Condition.Comparison(operator, Terms.asCondition(pair.left), Terms.asCondition(pair.right));
        }
        return switch (pair.family) {
            case LONG -> new LongConditions.Comparison(operator, Terms.asLong(pair.left), Terms.asLong(pair.right));
            case DOUBLE -> new DoubleComparison(operator, Terms.asDouble(pair.left), Terms.asDouble(pair.right));
            case NUMERIC, TEXT, BYTES ->
                new BytesConditions.Comparison(
                        operator, pair.family == Family.NUMERIC, Terms.asBytes(pair.left), Terms.asBytes(pair.right));
        };
    }

    private static String sql(Pair pair, String operator, boolean orders) {
        return "(" + Terms.sql(pair.left, pair.family, orders) + " " + operator + " "
                + Terms.sql(pair.right, pair.family, orders) + ")";
    }

    private static String hint(Type left, Type right) {
        if (left.kind() == Type.Kind.DATE && right.timestamp() || left.timestamp() && right.kind() == Type.Kind.DATE) {
            return "Cast the timestamp to its date: x::date.";
        }
        if (left.textual() || right.textual()) {
            return "Write a literal of the other type, or cast the column to text: x::text.";
        }
        return "Compare values of one type.";
    }

    private record Pair(Family family, Value left, Value right) {

        boolean conditions() {
            return family == Family.LONG && Terms.type(left).kind() == Type.Kind.BOOL;
        }
    }
}
