package dev.leat.shape.etl;

import java.math.RoundingMode;

/** Functions on numbers beyond the operators. */
final class NumberFunctions {

    private NumberFunctions() {}

    static void addTo(Functions functions) {
        for (Kind kind : Operators.NUMBERS) {
            functions.add("abs", kind, a -> Numbers.absolute(a[0]), kind);
            extremes(functions, kind, kind);
        }
        Operators.mixed((left, right) -> extremes(functions, left, right));
        rounding(functions, Kind.DECIMAL);
        rounding(functions, Kind.DOUBLE);
    }

    private static void extremes(Functions functions, Kind left, Kind right) {
        Kind result = Operators.wider(left, right);
        functions.add("greatest", result, a -> as(result, a[Comparing.compare(a[0], a[1]) >= 0 ? 0 : 1]), left, right);
        functions.add("least", result, a -> as(result, a[Comparing.compare(a[0], a[1]) <= 0 ? 0 : 1]), left, right);
    }

    private static Object as(Kind kind, Object number) {
        return switch (kind) {
            case DECIMAL -> Numbers.decimal(number);
            case DOUBLE -> Numbers.floating(number);
            default -> number;
        };
    }

    private static void rounding(Functions functions, Kind kind) {
        functions.add("round", kind, a -> as(kind, Numbers.rounded(a[0], 0)), kind);
        functions.add("round", kind, a -> as(kind, Numbers.rounded(a[0], (Long) a[1])), kind, Kind.INT);
        functions.add("floor", kind, a -> as(kind, Numbers.whole(a[0], RoundingMode.FLOOR)), kind);
        functions.add("ceil", kind, a -> as(kind, Numbers.whole(a[0], RoundingMode.CEILING)), kind);
    }
}
