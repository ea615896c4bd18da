package dev.leat.shape.etl;

import dev.leat.shape.etl.Numbers.Operation;
import dev.leat.shape.etl.Overload.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Operators in CEL's spelling. Numbers of different kinds may meet: a decimal wins over a double, a double over an int. */
final class Operators {

    static final String AND = "_&&_";
    static final String OR = "_||_";
    static final String CHOICE = "_?_:_";
    static final String IN = "@in";
    static final String IS_NULL = "isNull";
    static final String IS_KNOWN = "isKnown";
    static final String COALESCE = "coalesce";

    static final Set<Kind> VALUES = EnumSet.complementOf(EnumSet.of(Kind.NULL));
    static final List<Kind> NUMBERS = List.of(Kind.INT, Kind.DOUBLE, Kind.DECIMAL);

    /** Kinds that CEL lets null stand for anyhow. */
    private static final Set<Kind> TAKE_NULL = Set.of(Kind.TIMESTAMP, Kind.DURATION);

    private static final Map<String, Operation> ARITHMETIC = Map.of(
            "_+_", Operation.ADD,
            "_-_", Operation.SUBTRACT,
            "_*_", Operation.MULTIPLY,
            "_/_", Operation.DIVIDE,
            "_%_", Operation.REMAINDER);

    /** These are nodes of their own and never called. */
    private static final Overload.Body UNCALLED = arguments -> Missing.NULL;

    private Operators() {}

    static void addTo(Functions functions) {
        ARITHMETIC.forEach((name, operation) -> arithmetic(functions, name, operation));
        NUMBERS.forEach(kind -> functions.add("-_", kind, a -> Numbers.negated(a[0]), kind));
        functions.add("_+_", Kind.STRING, a -> (String) a[0] + a[1], Kind.STRING, Kind.STRING);
        times(functions);
        comparisons(functions);
        logic(functions);
        nulls(functions);
    }

    private static void arithmetic(Functions functions, String name, Operation operation) {
        for (Kind left : NUMBERS) {
            for (Kind right : NUMBERS) {
                Kind result = wider(left, right);
                functions.add(name, result, arithmetic(result, operation), left, right);
            }
        }
    }

    private static Overload.Body arithmetic(Kind result, Operation operation) {
        return switch (result) {
            case INT -> a -> Numbers.integers(operation, (Long) a[0], (Long) a[1]);
            case DOUBLE -> a -> Numbers.doubles(operation, Numbers.floating(a[0]), Numbers.floating(a[1]));
            default -> a -> Numbers.decimals(operation, a[0], a[1]);
        };
    }

    /** Of two kinds of number, the one that results. */
    static Kind wider(Kind left, Kind right) {
        return left.compareTo(right) > 0 ? left : right;
    }

    private static void times(Functions functions) {
        Kind time = Kind.TIMESTAMP;
        Kind span = Kind.DURATION;
        functions.add("_+_", time, a -> Times.moved((Long) a[0], (Long) a[1]), time, span);
        functions.add("_-_", time, a -> Times.moved((Long) a[0], -(Long) a[1]), time, span);
        functions.add("_-_", span, a -> Times.between((Long) a[0], (Long) a[1]), time, time);
        functions.add("_+_", span, a -> Times.moved((Long) a[0], (Long) a[1]), span, span);
        functions.add("_-_", span, a -> Times.between((Long) a[0], (Long) a[1]), span, span);
        functions.add("_*_", span, a -> Numbers.integers(Operation.MULTIPLY, (Long) a[0], (Long) a[1]), span, Kind.INT);
    }

    private static void comparisons(Functions functions) {
        for (Kind left : VALUES) {
            for (Kind right : VALUES) {
                if (left == right || (NUMBERS.contains(left) && NUMBERS.contains(right))) {
                    comparisons(functions, left, right);
                }
            }
        }
    }

    private static void comparisons(Functions functions, Kind left, Kind right) {
        functions.add("_==_", Kind.BOOL, a -> Comparing.equal(a[0], a[1]), left, right);
        functions.add("_!=_", Kind.BOOL, a -> !Comparing.equal(a[0], a[1]), left, right);
        functions.add("_<_", Kind.BOOL, a -> Comparing.compare(a[0], a[1]) < 0, left, right);
        functions.add("_<=_", Kind.BOOL, a -> Comparing.compare(a[0], a[1]) <= 0, left, right);
        functions.add("_>_", Kind.BOOL, a -> Comparing.compare(a[0], a[1]) > 0, left, right);
        functions.add("_>=_", Kind.BOOL, a -> Comparing.compare(a[0], a[1]) >= 0, left, right);
        functions.add(new Overload(
                IN, Kind.BOOL, List.of(new Parameter.Of(left), new Parameter.ListOf(right)), false, UNCALLED));
    }

    private static void logic(Functions functions) {
        functions.add(AND, Kind.BOOL, UNCALLED, Kind.BOOL, Kind.BOOL);
        functions.add(OR, Kind.BOOL, UNCALLED, Kind.BOOL, Kind.BOOL);
        functions.add("!_", Kind.BOOL, a -> !(Boolean) a[0], Kind.BOOL);
        VALUES.forEach(kind -> {
            functions.add(CHOICE, kind, UNCALLED, Kind.BOOL, kind, kind);
            if (!TAKE_NULL.contains(kind)) {
                functions.add(CHOICE, kind, UNCALLED, Kind.BOOL, kind, Kind.NULL);
                functions.add(CHOICE, kind, UNCALLED, Kind.BOOL, Kind.NULL, kind);
            }
        });
        mixed((left, right) -> functions.add(CHOICE, wider(left, right), UNCALLED, Kind.BOOL, left, right));
    }

    private static void nulls(Functions functions) {
        functions.add(new Overload(IS_NULL, Kind.BOOL, List.of(new Parameter.Any()), false, UNCALLED));
        functions.add(new Overload(IS_KNOWN, Kind.BOOL, List.of(new Parameter.Any()), false, UNCALLED));
        for (Kind kind : VALUES) {
            functions.add(COALESCE, kind, UNCALLED, kind, kind);
            functions.add(COALESCE, kind, UNCALLED, kind, kind, kind);
            List<Parameter> pair = List.of(new Parameter.Of(kind), new Parameter.Of(kind));
            functions.add(
                    new Overload("nullIf", kind, pair, true, a -> Comparing.equal(a[0], a[1]) ? Missing.NULL : a[0]));
        }
        mixed((left, right) -> functions.add(COALESCE, wider(left, right), UNCALLED, left, right));
    }

    /** Does something for each pair of different kinds of number. */
    static void mixed(BiConsumer<Kind, Kind> pair) {
        NUMBERS.forEach(
                left -> NUMBERS.stream().filter(right -> right != left).forEach(right -> pair.accept(left, right)));
    }
}
