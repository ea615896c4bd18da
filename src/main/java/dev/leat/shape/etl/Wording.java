package dev.leat.shape.etl;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words what the type checker found. */
final class Wording {

    private static final int MOST_NAMES = 30;

    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "found no matching overload for '(.*?)' applied to '(.*?)' \\(candidates: .*", Pattern.DOTALL);
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*?)' \\(in container ''\\)");
    private static final Pattern EXPECTING = Pattern.compile("(.*?) expecting .*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("For input string: \"(-?\\d+)\".*", Pattern.DOTALL);
    /** What those write who think of SQL. */
    private static final Pattern SQL = Pattern.compile(
            "(?i)(?:token recognition error at: '|mismatched input '|extraneous input ')(=|and|or)\\b? ?'.*",
            Pattern.DOTALL);

    private static final Map<String, String> SYMBOLS =
            Map.of("_?_:_", "? :", "@in", "in", "!_", "!", "-_", "-", "_[_]", "[ ]", "_&&_", "&&", "_||_", "||");

    private Wording() {}

    static String of(String message) {
        String plain = message.replace("google.protobuf.Timestamp", Kind.TIMESTAMP.label())
                .replace("google.protobuf.Duration", Kind.DURATION.label())
                .replaceAll("\\buint\\b", Kind.DECIMAL.label());
        Matcher overload = NO_OVERLOAD.matcher(plain);
        if (overload.matches()) {
            return overload(overload.group(1), overload.group(2));
        }
        Matcher undeclared = UNDECLARED.matcher(plain);
        if (undeclared.matches()) {
            return "there is no column and no function '" + undeclared.group(1) + "'.";
        }
        Matcher number = NUMBER.matcher(plain);
        if (number.matches()) {
            return "the number " + number.group(1) + " is out of the range of int; write decimal('" + number.group(1)
                    + "').";
        }
        Matcher sql = SQL.matcher(plain);
        if (sql.matches()) {
            return "expressions have no " + sql.group(1) + ", but == != && || and !.";
        }
        Matcher syntax = EXPECTING.matcher(plain);
        return (syntax.matches() ? syntax.group(1) : plain).replace("'<EOF>'", "the end") + ".";
    }

    private static String overload(String name, String types) {
        String what = Character.isLetter(name.charAt(0)) ? "the function " + name : "the operator " + symbol(name);
        String hint = types.contains("null") ? " To ask for null, use isNull(…)." : "";
        return what + " does not take " + types + "." + hint;
    }

    private static String symbol(String name) {
        return SYMBOLS.getOrDefault(name, name.replace("_", ""));
    }

    /** Names with commas between them, not too many. */
    static String list(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
        return names.size() > MOST_NAMES ? shown + ", … (" + names.size() + ")" : shown;
    }
}
