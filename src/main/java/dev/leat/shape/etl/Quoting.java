package dev.leat.shape.etl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets column names that are no identifiers stand in expressions, in backquotes. CEL does not know them there, so each
 * gets a stand-in of the same length: what the type checker says of places stays right.
 */
final class Quoting {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Set<String> RESERVED = Set.of(
            "meta",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private final Map<String, String> nameOf = new HashMap<>();
    private final Map<String, String> standInOf = new HashMap<>();
    private int next;

    Quoting(Collection<String> columns) {
        columns.stream().filter(Quoting::isPlain).forEach(name -> nameOf.put(name, name));
    }

    /** Whether a column may be written without backquotes. */
    static boolean isPlain(String name) {
        return IDENTIFIER.matcher(name).matches() && !RESERVED.contains(name);
    }

    /** The identifiers that stand in expressions, and the columns that they mean. */
    Map<String, String> identifiers() {
        return nameOf;
    }

    /** A message with the names as the user wrote them. */
    String restored(String message) {
        String restored = message;
        for (Map.Entry<String, String> entry : standInOf.entrySet()) {
            restored = restored.replace(entry.getValue(), entry.getKey());
        }
        return restored;
    }

    /** The expression with stand-ins. */
    String replaced(String expression) {
        StringBuilder replaced = new StringBuilder(expression.length());
        int at = 0;
        while (at < expression.length()) {
            char first = expression.charAt(at);
            if (first == '`') {
                int end = closing(expression, at);
                replaced.append(standIn(expression.substring(at + 1, end)));
                at = end + 1;
            } else {
                int end = first == '"' || first == '\'' ? literalEnd(expression, at) : at + 1;
                replaced.append(expression, at, end);
                at = end;
            }
        }
        return replaced.toString();
    }

    private static int closing(String expression, int start) {
        int end = expression.indexOf('`', start + 1);
        if (end <= start + 1) {
            throw new RowError("a backquote opens a column name and is not closed").at(offset(expression, start));
        }
        return end;
    }

    private static int offset(String expression, int at) {
        return expression.codePointCount(0, at);
    }

    private String standIn(String name) {
        return standInOf.computeIfAbsent(name, this::fresh);
    }

    private String fresh(String name) {
        int length = name.codePointCount(0, name.length()) + 2;
        String standIn;
        do {
            String number = "" + DIGITS.charAt(next / DIGITS.length()) + DIGITS.charAt(next % DIGITS.length());
            standIn = "_" + number + "_".repeat(length - 3);
            next++;
        } while (nameOf.containsKey(standIn));
        nameOf.put(standIn, name);
        return standIn;
    }

    /** Just behind a string literal, with CEL's escapes, raw strings and triple quotes. */
    private static int literalEnd(String text, int start) {
        String quote = text.substring(start, start + 1);
        String closing = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
        boolean raw = start > 0 && List.of('r', 'R').contains(text.charAt(start - 1));
        for (int at = start + closing.length(); at < text.length(); at++) {
            if (text.startsWith(closing, at)) {
                return at + closing.length();
            }
            at += text.charAt(at) == '\\' && !raw ? 1 : 0;
        }
        return text.length();
    }

    /** The names that expressions may use, as the user has to write them. */
    static List<String> written(Collection<String> columns) {
        List<String> written = new ArrayList<>();
        columns.forEach(name -> written.add(isPlain(name) ? name : "`" + name + "`"));
        return written;
    }
}
