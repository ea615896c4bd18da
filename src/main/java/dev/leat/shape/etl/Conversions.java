package dev.leat.shape.etl;

import dev.leat.shape.etl.Overload.Parameter;
import java.util.Collections;
import java.util.List;

/** Functions that make a value of another kind, and {@code concat}, which takes any. */
final class Conversions {

    private static final int MAX_CONCAT = 8;

    private Conversions() {}

    static void addTo(Functions functions) {
        numbers(functions);
        others(functions);
        functions.add(new Overload("string", Kind.STRING, List.of(new Parameter.Any()), false, a -> a[0]));
        for (int i = 2; i <= MAX_CONCAT; i++) {
            List<Parameter> parameters = Collections.nCopies(i, new Parameter.Any());
            functions.add(new Overload("concat", Kind.STRING, parameters, false, Conversions::joined));
        }
    }

    private static String joined(Object[] texts) {
        StringBuilder joined = new StringBuilder();
        for (Object text : texts) {
            joined.append((String) text);
        }
        return joined.toString();
    }

    private static void numbers(Functions functions) {
        for (Kind kind : Operators.NUMBERS) {
            functions.add("int", Kind.INT, a -> Numbers.integer(a[0]), kind);
            functions.add("double", Kind.DOUBLE, a -> Numbers.floating(a[0]), kind);
            functions.add("decimal", Kind.DECIMAL, a -> Numbers.decimal(a[0]), kind);
        }
        functions.add("int", Kind.INT, a -> Numbers.parsedInteger((String) a[0]), Kind.STRING);
        functions.add("int", Kind.INT, a -> (Boolean) a[0] ? 1L : 0L, Kind.BOOL);
        functions.add("double", Kind.DOUBLE, a -> Numbers.parsedDouble((String) a[0]), Kind.STRING);
        functions.add("decimal", Kind.DECIMAL, a -> Numbers.parsedDecimal((String) a[0]), Kind.STRING);
    }

    private static void others(Functions functions) {
        functions.add("bool", Kind.BOOL, a -> a[0], Kind.BOOL);
        functions.add("bool", Kind.BOOL, a -> bool((String) a[0]), Kind.STRING);
        functions.add("bool", Kind.BOOL, a -> (Long) a[0] != 0, Kind.INT);
        functions.add("bytes", Kind.BYTES, a -> Texts.bytes((String) a[0]), Kind.STRING);
        functions.add("timestamp", Kind.TIMESTAMP, a -> Times.parsed((String) a[0]), Kind.STRING);
        functions.add("duration", Kind.DURATION, a -> Times.duration((String) a[0]), Kind.STRING);
    }

    private static boolean bool(String text) {
        return switch (Texts.lower(text.strip())) {
            case "t", "true", "y", "yes", "on", "1" -> true;
            case "f", "false", "n", "no", "off", "0" -> false;
            default -> throw new RowError("the text is neither true nor false");
        };
    }
}
