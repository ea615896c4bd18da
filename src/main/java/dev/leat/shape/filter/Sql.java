package dev.leat.shape.filter;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes SQL that means the same under every setting of the source. */
final class Sql {

    private static final int SHOWN = 40;

    private Sql() {}

    /** A constant of a type. Backslashes mean one thing only in {@code E''}, whatever standard_conforming_strings is. */
    static String constant(Type type, String text) {
        return text(text) + "::" + type.sql();
    }

    static String text(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }

    static String cast(String sql, Type type) {
        return sql + "::" + type.sql();
    }

    static String joined(String operator, Stream<String> parts) {
        return parts.collect(Collectors.joining(" " + operator + " ", "(", ")"));
    }

    /** A text as messages show it, cut where it is long. */
    static String shown(String text) {
        boolean cut = text.codePointCount(0, text.length()) > SHOWN;
        return "'" + (cut ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…" : text) + "'";
    }
}
