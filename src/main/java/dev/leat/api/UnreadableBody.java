package dev.leat.api;

import dev.leat.settings.Violation;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says which field of a body could not be read, in words of ours: Jackson's name classes and repeat values. */
final class UnreadableBody {

    private static final int MAX_REPEATED = 60;

    private UnreadableBody() {}

    static Violation violation(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException e ->
                new Violation(
                        path(e),
                        "The field is unknown.",
                        "Check its spelling. Known here: " + known(e.getKnownPropertyIds()) + ".");
            case InvalidFormatException e ->
                new Violation(path(e), "'" + shortened(e.getValue()) + "' is not allowed here.", expected(e));
            case MismatchedInputException e ->
                new Violation(path(e), "The value has the wrong type or is missing.", expected(e));
            case StreamReadException e ->
                new Violation("body", "The body is not JSON" + place(e.getLocation()) + ".", "Send valid JSON.");
            case JacksonException e -> new Violation(path(e), "The value cannot be read.", "See /api-docs.");
            case null, default -> new Violation("body", "The body is missing or cannot be read.", "Send JSON.");
        };
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type != null && type.isEnum()) {
            return "Give one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        return type == null ? "See /api-docs." : "Give a value of type " + name(type) + ".";
    }

    private static String name(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return "array";
        }
        return type.isPrimitive() || type.getName().startsWith("java.") ? type.getSimpleName() : "object";
    }

    private static String known(@Nullable Collection<Object> fields) {
        return fields == null
                ? "none"
                : fields.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String shortened(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_REPEATED ? text : text.substring(0, MAX_REPEATED) + "…";
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
