package dev.leat.shape.dts;

import java.util.List;

/** What functions expect of their arguments. */
final class Arguments {

    private Arguments() {}

    static void exactly(Syntax.Call call, int count) {
        between(call, count, count);
    }

    static void between(Syntax.Call call, int least, int most) {
        int count = call.arguments().size();
        if (count < least || count > most) {
            String wanted = least == most ? String.valueOf(least) : least + " to " + most;
            throw new ScriptError(
                    call.offset(),
                    call.function() + " takes " + wanted + " arguments and has " + count,
                    "Correct the call, or write the step yourself; see docs/etl.md.");
        }
    }

    static void atLeast(Syntax.Call call, int count) {
        if (call.arguments().size() < count) {
            throw new ScriptError(
                    call.offset(),
                    call.function() + " takes " + count + " or more arguments and has "
                            + call.arguments().size(),
                    "Correct the call, or write the step yourself; see docs/etl.md.");
        }
    }

    static List<Syntax> pairs(Syntax.Call call) {
        atLeast(call, 2);
        if (call.arguments().size() % 2 == 1) {
            throw new ScriptError(
                    call.offset(),
                    call.function() + " takes its arguments in pairs and has "
                            + call.arguments().size(),
                    "Correct the call, or write the step yourself; see docs/etl.md.");
        }
        return call.arguments();
    }

    /** A column, which may stand in backquotes or as a text. */
    static String column(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Name(String column, int _) -> column;
            case Syntax.Text(String text, int _) -> text;
            case Syntax.Call _, Syntax.Named _, Syntax.Values _, Syntax.Word _ ->
                throw new ScriptError(
                        syntax.offset(), "here a column is expected", "Write the column's name in backquotes.");
        };
    }

    /** A text that has to be known before the start, such as a format, and that may also be given by its name. */
    static String literal(Syntax.Call call, int index, String name) {
        return call.arguments().get(index) instanceof Syntax.Named(String given, Syntax.Text text, int _)
                        && given.equals(name)
                ? text.text()
                : literal(call, index);
    }

    /** A text that has to be known before the start, such as a format. */
    static String literal(Syntax.Call call, int index) {
        if (call.arguments().get(index) instanceof Syntax.Text(String text, int _)) {
            return text;
        }
        throw new ScriptError(
                call.arguments().get(index).offset(),
                call.function() + " is translated only with a text in quotes here",
                Suggestions.GENERAL);
    }
}
