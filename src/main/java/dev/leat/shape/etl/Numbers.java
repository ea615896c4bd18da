package dev.leat.shape.etl;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic. Integers fail on overflow, decimals are exact (a quotient has as many digits as PostgreSQL gives it), NaN and
 * the infinities of a decimal go on as doubles.
 */
final class Numbers {

    private static final int MIN_SIGNIFICANT_DIGITS = 16;
    private static final int MAX_SCALE = 1000;

    /** Bounds what a chain of products can grow to. */
    private static final int MAX_DIGITS = 200_000;

    private Numbers() {}

    /** The four operations and the remainder. */
    enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER
    }

    static Object integers(Operation operation, long a, long b) {
        try {
            return switch (operation) {
                case ADD -> Math.addExact(a, b);
                case SUBTRACT -> Math.subtractExact(a, b);
                case MULTIPLY -> Math.multiplyExact(a, b);
                case DIVIDE -> Math.divideExact(a, nonZero(b));
                case REMAINDER -> nonZero(b) == -1 ? 0L : a % b;
            };
        } catch (ArithmeticException e) {
            throw new RowError("the result is out of the range of int");
        }
    }

    static Object doubles(Operation operation, double a, double b) {
        return switch (operation) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
        };
    }

    /** Arithmetic on two numbers of any kind whose result is a decimal. */
    static Object decimals(Operation operation, Object a, Object b) {
        Object one = decimal(a);
        Object other = decimal(b);
        if (one instanceof BigDecimal left && other instanceof BigDecimal right) {
            return bounded(exact(operation, left, right));
        }
        return decimal(doubles(operation, floating(one), floating(other)));
    }

    private static BigDecimal exact(Operation operation, BigDecimal a, BigDecimal b) {
        return switch (operation) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> quotient(a, nonZero(b));
            case REMAINDER ->
                a.subtract(nonZero(b).multiply(a.divideToIntegralValue(b).setScale(0, RoundingMode.DOWN)));
        };
    }

    private static BigDecimal bounded(BigDecimal value) {
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw new RowError("the result has too many digits");
        }
        return value;
    }

    /** PostgreSQL's choice of digits (select_div_scale in numeric.c), which counts in groups of four. */
    private static BigDecimal quotient(BigDecimal a, BigDecimal b) {
        int weight = weight(a) - weight(b) - (firstGroup(a) <= firstGroup(b) ? 1 : 0);
        int scale = Math.max(MIN_SIGNIFICANT_DIGITS - weight * 4, Math.max(a.scale(), b.scale()));
        return a.divide(b, Math.clamp(scale, 0, MAX_SCALE), RoundingMode.HALF_UP);
    }

    private static int weight(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.floorDiv(value.precision() - value.scale() - 1, 4);
    }

    private static int firstGroup(BigDecimal value) {
        return value.signum() == 0
                ? 0
                : value.abs().movePointLeft(weight(value) * 4).intValue();
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw new RowError("division by zero");
        }
        return divisor;
    }

    private static BigDecimal nonZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new RowError("division by zero");
        }
        return divisor;
    }

    /** A number as a decimal: a double counts as the number that it prints as. */
    static Object decimal(Object number) {
        return switch (number) {
            case Long integer -> BigDecimal.valueOf(integer);
            case Double floating when Double.isFinite(floating) -> printed(floating);
            default -> number;
        };
    }

    private static BigDecimal printed(double floating) {
        BigDecimal exact = BigDecimal.valueOf(floating).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /** A number as a double. */
    static double floating(Object number) {
        return ((Number) number).doubleValue();
    }

    /** A number as an integer, its fraction cut off. */
    static long integer(Object number) {
        if (number instanceof Double floating) {
            if (!(floating >= -0x1p63 && floating < 0x1p63)) {
                throw new RowError("the number is out of the range of int");
            }
            return floating.longValue();
        }
        if (number instanceof BigDecimal decimal) {
            BigInteger whole = decimal.toBigInteger();
            if (whole.bitLength() > 63) {
                throw new RowError("the number is out of the range of int");
            }
            return whole.longValue();
        }
        return (Long) number;
    }

    static Object negated(Object number) {
        return switch (number) {
            case Long integer -> integers(Operation.SUBTRACT, 0, integer);
            case BigDecimal decimal -> decimal.negate();
            default -> -floating(number);
        };
    }

    static Object absolute(Object number) {
        return Comparing.compare(number, 0L) < 0 ? negated(number) : number;
    }

    /** Rounds half away from zero, as PostgreSQL rounds numeric. */
    static Object rounded(Object number, long digits) {
        if (Math.abs(digits) > MAX_SCALE) {
            throw new RowError("a number is rounded to at most " + MAX_SCALE + " digits");
        }
        Object decimal = decimal(number);
        return decimal instanceof BigDecimal exact
                ? exact.setScale((int) digits, RoundingMode.HALF_UP).setScale(Math.max((int) digits, 0))
                : decimal;
    }

    /** The next whole number in a direction. */
    static Object whole(Object number, RoundingMode direction) {
        Object decimal = decimal(number);
        return decimal instanceof BigDecimal exact ? exact.setScale(0, direction) : decimal;
    }

    static Object parsedDecimal(String text) {
        String trimmed = text.strip();
        return switch (trimmed) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> exact(trimmed);
        };
    }

    private static BigDecimal exact(String text) {
        try {
            return bounded(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new RowError("the text is not a number");
        }
    }

    static long parsedInteger(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new RowError("the text is not a whole number in the range of int");
        }
    }

    static double parsedDouble(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new RowError("the text is not a number");
        }
    }
}
