package dev.leat.kafka.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names as Avro wants them: letters, digits and underscores of ASCII, no digit first. Every other UTF-16 unit becomes
 * {@code _u} and its four hexadecimal digits, and so does an underscore that would be taken for the start of such a
 * group; so no two names become the same, and a name that Avro takes as it is stays as it is.
 */
final class AvroName {

    private static final int GROUP = 4;

    private AvroName() {}

    /** One name; dots in it count as characters like any other. */
    static String of(String name) {
        if (name.isEmpty()) {
            // PostgreSQL's names hold no such character
            return group('\0');
        }
        StringBuilder legal = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            boolean fits = isLetter(next) || (isDigit(next) && i > 0) || (next == '_' && !isGroup(name, i + 1));
            legal.append(fits ? Character.toString(next) : group(next));
        }
        return legal.toString();
    }

    /** Names with dots between them. */
    static String dotted(String names) {
        return Arrays.stream(names.split("\\.", -1)).map(AvroName::of).collect(Collectors.joining("."));
    }

    private static String group(char unit) {
        return String.format(Locale.ROOT, "_u%04x", (int) unit);
    }

    private static boolean isGroup(String name, int start) {
        if (name.length() < start + 1 + GROUP || name.charAt(start) != 'u') {
            return false;
        }
        return name.substring(start + 1, start + 1 + GROUP).matches("[0-9a-f]{4}");
    }

    private static boolean isLetter(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
    }

    private static boolean isDigit(char unit) {
        return unit >= '0' && unit <= '9';
    }
}
