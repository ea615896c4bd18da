package dev.leat.shape.etl;

import java.math.BigDecimal;
import java.util.Arrays;

/** Order and equality of values, as PostgreSQL has them: NaN equals itself and is the largest number. */
final class Comparing {

    private Comparing() {}

    static boolean equal(Object a, Object b) {
        return compare(a, b) == 0;
    }

    static int compare(Object a, Object b) {
        return switch (a) {
            case String text -> text.compareTo((String) b);
            case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) b);
            case Boolean flag -> flag.compareTo((Boolean) b);
            default -> numbers(a, b);
        };
    }

    private static int numbers(Object a, Object b) {
        if (a instanceof Long one && b instanceof Long other) {
            return one.compareTo(other);
        }
        Object left = Numbers.decimal(a);
        Object right = Numbers.decimal(b);
        if (left instanceof BigDecimal one && right instanceof BigDecimal other) {
            return one.compareTo(other);
        }
        return Double.compare(Numbers.floating(left), Numbers.floating(right));
    }
}
