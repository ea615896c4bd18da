package dev.leat.shape.dts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates what has a value into an expression. */
final class Expressions {

    /** Operators between two or more values. */
    private static final Map<String, String> BETWEEN = Map.ofEntries(
            Map.entry("op_and", " && "),
            Map.entry("op_or", " || "),
            Map.entry("op_eq", " == "),
            Map.entry("op_ne", " != "),
            Map.entry("op_gt", " > "),
            Map.entry("op_ge", " >= "),
            Map.entry("op_lt", " < "),
            Map.entry("op_le", " <= "),
            Map.entry("op_sum", " + "),
            Map.entry("op_sub", " - "),
            Map.entry("op_mul", " * "),
            Map.entry("op_mod", " % "));

    /** Those among them that would compare the outcome of a comparison with a third value. */
    private static final Set<String> COMPARISONS = Set.of("op_eq", "op_ne", "op_gt", "op_ge", "op_lt", "op_le");

    /** Functions that take the same arguments under another name. */
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("op_ifnull", "coalesce"),
            Map.entry("op_coalesce", "coalesce"),
            Map.entry("op_nullif", "nullIf"),
            Map.entry("op_is_null", "isNull"),
            Map.entry("op_abs", "abs"),
            Map.entry("op_round", "round"),
            Map.entry("op_max", "greatest"),
            Map.entry("op_min", "least"),
            Map.entry("op_len", "size"),
            Map.entry("ct_int", "int"),
            Map.entry("ct_float", "double"),
            Map.entry("ct_str", "string"),
            Map.entry("ct_bool", "bool"),
            Map.entry("str_lower", "lower"),
            Map.entry("str_upper", "upper"),
            Map.entry("str_strip", "trim"),
            Map.entry("str_count", "count"),
            Map.entry("str_find", "indexOf"),
            Map.entry("str_replace", "replace"),
            Map.entry("str_reverse", "reverse"),
            Map.entry("str_startswith", "startsWith"),
            Map.entry("str_endswith", "endsWith"),
            Map.entry("regex_match", "matches"),
            Map.entry("dt_fromtimestamp", "fromUnixSeconds"),
            Map.entry("dt_fromtimestamp_millis", "fromUnixMillis"),
            Map.entry("dt_parsetimestamp", "unixSeconds"),
            Map.entry("dt_parsetimestamp_millis", "unixMillis"),
            Map.entry("dt_totimestamp", "unixSeconds"),
            Map.entry("dt_parse", "timestamp"));

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("__DB__", "meta.database"),
            Map.entry("__SCHEMA__", "meta.schema"),
            Map.entry("__TB__", "meta.table"),
            Map.entry("__OPERATION__", "(meta.operation == 'READ' ? 'INSERT' : meta.operation)"),
            Map.entry("__OP_INSERT__", "'INSERT'"),
            Map.entry("__OP_UPDATE__", "'UPDATE'"),
            Map.entry("__OP_DELETE__", "'DELETE'"),
            Map.entry("__COMMIT_TIMESTAMP__", "meta.committedAt"),
            Map.entry("true", "true"),
            Map.entry("True", "true"),
            Map.entry("false", "false"),
            Map.entry("False", "false"),
            Map.entry("null", "null"),
            Map.entry("None", "null"));

    private Expressions() {}

    static String of(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Name(String column, int _) -> WORDS.getOrDefault(column, quoted(column));
            case Syntax.Text(String text, int _) -> literal(text);
            case Syntax.Word word -> word(word);
            case Syntax.Values values -> "[" + joined(values.values(), ", ") + "]";
            case Syntax.Call call -> call(call);
            case Syntax.Named named ->
                throw new ScriptError(
                        named.offset(), "the argument " + named.name() + "= is not known here", Suggestions.GENERAL);
        };
    }

    /** A column, in backquotes whatever it is called. */
    static String quoted(String column) {
        return "`" + column + "`";
    }

    /** A text as CEL writes it. */
    static String literal(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + "'";
    }

    private static String word(Syntax.Word word) {
        if (word.word().matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
            return word.word().startsWith("+") ? word.word().substring(1) : word.word();
        }
        String known = WORDS.get(word.word());
        if (known == null) {
            throw new ScriptError(
                    word.offset(),
                    "'" + word.word() + "' is no number, no column and no known variable",
                    "Write columns in `backquotes` and texts in 'quotes'.");
        }
        return known;
    }

    private static String call(Syntax.Call call) {
        // some functions are known in upper case too, such as op_AND
        String function =
                call.function().startsWith("op_") ? call.function().toLowerCase(Locale.ROOT) : call.function();
        String operator = BETWEEN.get(function);
        if (operator != null) {
            if (COMPARISONS.contains(function)) {
                Arguments.exactly(call, 2);
            }
            Arguments.atLeast(call, 2);
            return call.arguments().stream()
                    .map(Expressions::of)
                    .map(argument -> "(" + argument + ")")
                    .collect(Collectors.joining(operator));
        }
        String renamed = RENAMED.get(function);
        return renamed == null ? Calls.of(function, call) : renamed + "(" + joined(call.arguments(), ", ") + ")";
    }

    static String joined(List<Syntax> parts, String separator) {
        return parts.stream().map(Expressions::of).collect(Collectors.joining(separator));
    }
}
