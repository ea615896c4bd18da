package dev.leat.shape.dts;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of a script. */
final class ScriptReader {

    private static final int MAX_DEPTH = 60;

    private final String text;
    private int at;
    private int depth;

    private ScriptReader(String text, int start) {
        this.text = text;
        this.at = start;
    }

    /** The calls of a script, which may begin with {@code script:}; one, or several in lines or behind commas. */
    static List<Syntax> read(String script) {
        String start = script.stripLeading();
        int from = script.length() - start.length() + (start.startsWith("script:") ? "script:".length() : 0);
        ScriptReader reader = new ScriptReader(script, from);
        List<Syntax> calls = new ArrayList<>();
        for (reader.blanks(); reader.at < script.length(); reader.separator()) {
            calls.add(reader.value());
        }
        return calls;
    }

    private void separator() {
        blanks();
        while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ';')) {
            at++;
            blanks();
        }
    }

    private Syntax value() {
        if (++depth > MAX_DEPTH) {
            throw error("the script is nested too deeply");
        }
        blanks();
        if (at >= text.length()) {
            throw error("the script ends too early");
        }
        int start = at;
        Syntax value = switch (text.charAt(at)) {
            case '`' -> name();
            case '\'', '"' -> new Syntax.Text(quoted(), start);
            case '[' -> new Syntax.Values(list('[', ']'), start);
            case '(' -> new Syntax.Values(list('(', ')'), start);
            default -> opensRaw() ? new Syntax.Text(raw(), start) : word();
        };
        depth--;
        return value;
    }

    private Syntax name() {
        int start = at;
        int end = text.indexOf('`', start + 1);
        if (end <= start + 1) {
            throw error("a backquote opens a column name and is not closed");
        }
        at = end + 1;
        return new Syntax.Name(text.substring(start + 1, end), start);
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder quoted = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char next = text.charAt(at++);
            quoted.append(next == '\\' && at < text.length() ? escaped(text.charAt(at++)) : String.valueOf(next));
        }
        expect(quote);
        return quoted.toString();
    }

    private boolean opensRaw() {
        return text.startsWith("r'", at) || text.startsWith("r\"", at);
    }

    /** Python's raw text, in which a backslash is one. */
    private String raw() {
        int start = ++at + 1;
        int end = text.indexOf(text.charAt(at), start);
        if (end < 0) {
            throw error("the quoted text has no end");
        }
        at = end + 1;
        return text.substring(start, end);
    }

    /** As Python has it: an escape that is none stays as it is, so that patterns may be written plainly. */
    private static String escaped(char code) {
        return switch (code) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\\', '\'', '"' -> String.valueOf(code);
            default -> "\\" + code;
        };
    }

    private List<Syntax> list(char open, char close) {
        expect(open);
        List<Syntax> values = new ArrayList<>();
        for (blanks(); at < text.length() && text.charAt(at) != close; blanks()) {
            values.add(argument());
            blanks();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            } else if (at < text.length() && text.charAt(at) != close) {
                throw error("here a comma or '" + close + "' is missing");
            }
        }
        expect(close);
        return values;
    }

    private Syntax argument() {
        Syntax value = value();
        blanks();
        if (value instanceof Syntax.Word(String name, int offset)
                && at + 1 < text.length()
                && text.charAt(at) == '='
                && text.charAt(at + 1) != '=') {
            at++;
            return new Syntax.Named(name, value(), offset);
        }
        return value;
    }

    private Syntax word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw error("'" + text.charAt(at) + "' has no place here");
        }
        String word = text.substring(start, at);
        blanks();
        return at < text.length() && text.charAt(at) == '(' && !Character.isDigit(word.charAt(0))
                ? new Syntax.Call(word, list('(', ')'), start)
                : new Syntax.Word(word, start);
    }

    private static boolean isWord(char one) {
        return Character.isLetterOrDigit(one) || one == '_' || one == '.' || one == '-' || one == '+';
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw error("here '" + wanted + "' is missing");
        }
        at++;
    }

    private ScriptError error(String what) {
        return new ScriptError(at, what, "Correct the script, or write the steps yourself; see docs/etl.md.");
    }
}
