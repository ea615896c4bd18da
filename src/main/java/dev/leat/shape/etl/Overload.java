package dev.leat.shape.etl;

import java.util.List;

/**
 * One signature of a function.
 *
 * @param name the function, or the operator in CEL's spelling such as {@code _+_}
 * @param result the kind of its result
 * @param parameters the kinds of its parameters; an empty list of kinds stands for any kind, which comes in as text
 * @param nullable whether the result may be null where no argument is
 * @param body the function itself; gets arguments that are all there
 */
record Overload(String name, Kind result, List<Parameter> parameters, boolean nullable, Body body) {

    /** The work of a function. */
    @FunctionalInterface
    interface Body {

        /** The result; the array belongs to the caller and is filled again for the next row. */
        Object apply(Object[] arguments);
    }

    /** What a parameter takes. */
    sealed interface Parameter {

        /** A value of one kind. */
        record Of(Kind kind) implements Parameter {}

        /** A list of values of one kind. */
        record ListOf(Kind kind) implements Parameter {}

        /** Anything. */
        record Any() implements Parameter {}
    }

    /** A value of another kind of number, as the result's kind; everything else as it is. */
    Object converted(Object value) {
        if (value instanceof Missing) {
            return value;
        }
        return switch (result) {
            case DECIMAL -> Numbers.decimal(value);
            case DOUBLE -> Numbers.floating(value);
            case INT, BOOL, STRING, BYTES, TIMESTAMP, DURATION, NULL -> value;
        };
    }
}
