package dev.leat.shape.dts;

import java.util.Map;

/** What to write in place of functions that are not translated. */
final class Suggestions {

    static final String GENERAL = "Write this step yourself; docs/etl.md lists steps and functions.";

    private static final Map<String, String> BY_FUNCTION = Map.ofEntries(
            Map.entry("dt_now", now()),
            Map.entry("dt_now_millis", now()),
            Map.entry("dt_today", now()),
            Map.entry("dt_utcnow", now()),
            Map.entry("dt_currentstamp", now()),
            Map.entry("tail_replace_string_field", "Use the step {\"mask\": \"column\", \"keepFirst\": n}."),
            Map.entry(
                    "e_keep_fields",
                    "Name what goes instead: {\"remove\": \"column\"}, or exclude columns of the object."),
            Map.entry("e_json", "Extract in the consumer; a JSON column is its text in expressions."),
            Map.entry("json_select", "Extract in the consumer; a JSON column is its text in expressions."),
            Map.entry("e_regex", "Use {\"set\": \"column\", \"to\": \"replaceAll(other, pattern, '$1')\"}."),
            Map.entry("regex_select", "Use replaceAll(column, pattern, '$1')."),
            Map.entry("e_split", "One row stays one record; split in the consumer."),
            Map.entry("e_output", "Give the table a topic of its own among the task's objects."),
            Map.entry("str_uuid", "A value that differs each time would differ on a repeated delivery: use the key."),
            Map.entry("str_split", "Use splitPart(column, separator, n)."),
            Map.entry("op_slice", "Use substring(column, from, to), which counts from 0."));

    private Suggestions() {}

    private static String now() {
        return "A row that is delivered again must be the same again: use meta.committedAt, or __COMMIT_TIMESTAMP__.";
    }

    static ScriptError untranslated(Syntax.Call call) {
        return new ScriptError(
                call.offset(),
                "the function " + call.function() + " cannot be translated",
                BY_FUNCTION.getOrDefault(call.function(), GENERAL));
    }
}
