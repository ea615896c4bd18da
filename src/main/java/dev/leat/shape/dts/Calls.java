package dev.leat.shape.dts;

import java.util.List;
import java.util.Map;

/** Translates the functions that take more than another name. */
final class Calls {

    /** Units of {@code dt_add}, as durations. */
    private static final Map<String, String> UNITS =
            Map.of("days", "24h", "hours", "1h", "minutes", "1m", "seconds", "1s", "weeks", "168h");

    private Calls() {}

    static String of(String function, Syntax.Call call) {
        return switch (function) {
            case "op_not" -> one(call, "!(", ")");
            case "op_neg" -> one(call, "-(", ")");
            case "op_is_not_null" -> one(call, "!isNull(", ")");
            case "op_if" -> three(call);
            case "op_in" -> in(call, "");
            case "op_not_in" -> in(call, "!");
            case "op_add" -> concat(call);
            case "op_div_true" -> two(call, "double(", ") / double(", ")");
            case "op_div_floor" -> two(call, "int(floor(decimal(", ") / (", ")))");
            case "str_format" -> format(call);
            case "str_isAlpha", "str_isalpha" -> one(call, "matches(", ", '^\\\\pL+$')");
            case "str_isDigit", "str_isdigit" -> one(call, "matches(", ", '^\\\\p{Nd}+$')");
            case "str_zfill" -> two(call, "padLeft(", ", ", ", '0')");
            case "regex_replace" -> replaced(call);
            case "md5_encoding" -> one(call, "hash(", ", 'MD5')");
            case "sha1_encoding" -> one(call, "hash(", ", 'SHA-1')");
            case "dt_str", "dt_strftime" -> timeText(call);
            case "dt_strptime" -> parsedTime(call);
            case "dt_add" -> moved(call, false);
            case "dt_sub" -> moved(call, true);
            default -> throw Suggestions.untranslated(call);
        };
    }

    private static String one(Syntax.Call call, String before, String after) {
        Arguments.exactly(call, 1);
        return before + argument(call, 0) + after;
    }

    private static String two(Syntax.Call call, String before, String between, String after) {
        Arguments.exactly(call, 2);
        return before + argument(call, 0) + between + argument(call, 1) + after;
    }

    private static String three(Syntax.Call call) {
        Arguments.exactly(call, 3);
        return "((" + argument(call, 0) + ") ? (" + argument(call, 1) + ") : (" + argument(call, 2) + "))";
    }

    private static String argument(Syntax.Call call, int index) {
        return Expressions.of(call.arguments().get(index));
    }

    /** The list may come first or second. */
    private static String in(Syntax.Call call, String not) {
        Arguments.exactly(call, 2);
        boolean listFirst = call.arguments().getFirst() instanceof Syntax.Values;
        return not + "((" + argument(call, listFirst ? 1 : 0) + ") in " + argument(call, listFirst ? 0 : 1) + ")";
    }

    private static String concat(Syntax.Call call) {
        Arguments.between(call, 2, 8);
        return "concat(" + Expressions.joined(call.arguments(), ", ") + ")";
    }

    /** Python's format with bare braces: {@code str_format('{}-{}', a, b)}. */
    private static String format(Syntax.Call call) {
        Arguments.atLeast(call, 1);
        String pattern = Arguments.literal(call, 0);
        List<String> pieces = List.of(pattern.split("\\{}", -1));
        if (pieces.size() != call.arguments().size()
                || pattern.replace("{}", "").matches(".*[{}].*")) {
            throw new ScriptError(
                    call.offset(), "str_format is translated with as many bare {} as values only", "Use concat(…).");
        }
        StringBuilder text = new StringBuilder(Expressions.literal(pieces.getFirst()));
        for (int i = 1; i < pieces.size(); i++) {
            text.append(" + string(")
                    .append(argument(call, i))
                    .append(") + ")
                    .append(Expressions.literal(pieces.get(i)));
        }
        return "(" + text + ")";
    }

    /** Python's substitution, which is empty where it is left out, and where a backslash and a number mean a group. */
    private static String replaced(Syntax.Call call) {
        Arguments.between(call, 2, 3);
        String by = call.arguments().size() == 2 ? "" : Arguments.literal(call, 2, "replace");
        String groups =
                by.replaceAll("\\\\(\\d)|\\\\g<(\\d)>(?!\\d)", "\\$$1$2").replaceAll("\\\\g<(\\d)>", "\\$$1\\\\");
        return "replaceAll(" + argument(call, 0) + ", " + argument(call, 1) + ", " + Expressions.literal(groups) + ")";
    }

    private static String timeText(Syntax.Call call) {
        Arguments.exactly(call, 2);
        return "format(" + argument(call, 0) + ", " + pattern(call) + ")";
    }

    private static String parsedTime(Syntax.Call call) {
        Arguments.exactly(call, 2);
        return "parseTime(" + argument(call, 0) + ", " + pattern(call) + ")";
    }

    private static String pattern(Syntax.Call call) {
        return Expressions.literal(TimePattern.ofStrftime(
                Arguments.literal(call, 1), call.arguments().get(1).offset()));
    }

    private static String moved(Syntax.Call call, boolean back) {
        Arguments.atLeast(call, 2);
        String time = argument(call, 0);
        for (Syntax argument : call.arguments().subList(1, call.arguments().size())) {
            if (!(argument instanceof Syntax.Named(String unit, Syntax amount, int offset))) {
                throw new ScriptError(
                        argument.offset(),
                        call.function() + " takes amounts by name, such as days=1",
                        Suggestions.GENERAL);
            }
            time = moved(time, new Amount(unit, amount, offset), back);
        }
        return time;
    }

    /** An amount of time by the name of its unit. */
    private record Amount(String unit, Syntax number, int offset) {}

    private static String moved(String time, Amount amount, boolean back) {
        String number = "(" + Expressions.of(amount.number()) + ")";
        return switch (amount.unit()) {
            case "months" -> "addMonths(" + time + ", " + (back ? "-" : "") + number + ")";
            case "years" -> "addMonths(" + time + ", " + (back ? "-12 * " : "12 * ") + number + ")";
            default -> "(" + time + (back ? " - " : " + ") + "duration('" + unit(amount) + "') * " + number + ")";
        };
    }

    private static String unit(Amount amount) {
        String unit = UNITS.get(amount.unit());
        if (unit == null) {
            throw new ScriptError(
                    amount.offset(),
                    "the unit " + amount.unit() + " is not known",
                    "Use years, months, weeks, days, hours, minutes or seconds.");
        }
        return unit;
    }
}
