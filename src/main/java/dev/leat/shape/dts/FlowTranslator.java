package dev.leat.shape.dts;

import dev.leat.settings.EtlStep;
import dev.leat.shape.dts.DtsScript.Translated;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates the functions that act ({@code e_…}). What stands under a condition becomes a step with the condition in it;
 * where several steps depend on one, or come after a step that may change what it asks for, it is kept in a column of its
 * own that is removed at the end.
 */
final class FlowTranslator {

    private static final String HELD = "leat_condition_";

    private final Set<String> columns;
    private final List<Translated> steps = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private int conditions;

    FlowTranslator(List<String> columns) {
        this.columns = new LinkedHashSet<>(columns);
    }

    List<Translated> translate(List<Syntax> calls) {
        if (calls.isEmpty()) {
            throw new ScriptError(0, "the script is empty", "Leave the step out.");
        }
        calls.forEach(call -> act(call, null));
        held.forEach(name -> steps.add(new Translated(new EtlStep.Remove(name), "the end of the script")));
        return List.copyOf(steps);
    }

    /** Adds the steps of a function that acts, under a condition or without one. */
    private void act(Syntax syntax, @Nullable String guard) {
        if (!(syntax instanceof Syntax.Call call)) {
            throw new ScriptError(syntax.offset(), "here a function such as e_set(…) is expected", Suggestions.GENERAL);
        }
        switch (call.function()) {
            case "e_compose" -> compose(call, guard);
            case "e_if" -> when(call, guard);
            case "e_if_else" -> whenElse(call, guard);
            case "e_switch" -> choose(call, guard);
            case "e_set" -> set(call, guard);
            case "e_drop" -> drop(call, guard);
            case "e_keep" -> keep(call, guard);
            case "e_rename" -> rename(call, guard);
            case "e_drop_fields" -> remove(call, guard);
            default -> throw Suggestions.untranslated(call);
        }
    }

    private void compose(Syntax.Call call, @Nullable String guard) {
        Arguments.atLeast(call, 1);
        call.arguments().forEach(each -> act(each, guard));
    }

    /** {@code e_if(condition, action, condition, action …)}: each pair for itself. */
    private void when(Syntax.Call call, @Nullable String guard) {
        List<Syntax> pairs = Arguments.pairs(call);
        for (int i = 0; i < pairs.size(); i += 2) {
            under(and(guard, Expressions.of(pairs.get(i))), pairs.get(i + 1));
        }
    }

    private void whenElse(Syntax.Call call, @Nullable String guard) {
        Arguments.exactly(call, 3);
        String condition = hold(Expressions.of(call.arguments().getFirst()), call);
        act(call.arguments().get(1), and(guard, condition));
        act(call.arguments().get(2), and(guard, "!" + condition));
    }

    /** {@code e_switch(condition, action …, default)}: the first that is true. */
    private void choose(Syntax.Call call, @Nullable String guard) {
        List<Syntax> pairs = new ArrayList<>();
        Syntax otherwise = null;
        for (Syntax argument : call.arguments()) {
            if (argument instanceof Syntax.Named(String name, Syntax value, int _) && name.equals("default")) {
                otherwise = value;
            } else {
                pairs.add(argument);
            }
        }
        if (pairs.size() % 2 == 1 && otherwise == null) {
            otherwise = pairs.removeLast();
        }
        cases(call, pairs, otherwise, guard);
    }

    private void cases(Syntax.Call call, List<Syntax> pairs, @Nullable Syntax otherwise, @Nullable String guard) {
        // all conditions are asked before the first action may change what they ask for
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            conditions.add(hold(Expressions.of(pairs.get(i)), call));
        }
        String none = guard;
        for (int i = 0; i < conditions.size(); i++) {
            act(pairs.get(2 * i + 1), and(none, conditions.get(i)));
            none = and(none, "!" + conditions.get(i));
        }
        if (otherwise != null) {
            act(otherwise, none);
        }
    }

    private void under(String condition, Syntax action) {
        act(action, isOneStep(action) ? condition : hold(condition, action));
    }

    private static boolean isOneStep(Syntax action) {
        return action instanceof Syntax.Call call
                && switch (call.function()) {
                    case "e_drop", "e_keep", "e_rename", "e_drop_fields" -> true;
                    case "e_set" -> call.arguments().size() == 2;
                    default -> false;
                };
    }

    /** Keeps a condition in a column: whatever happens to the columns that it asks for, it stays what it was. */
    private String hold(String condition, Syntax place) {
        String name = HELD + ++conditions;
        while (columns.contains(name)) {
            name = HELD + ++conditions;
        }
        held.add(name);
        columns.add(name);
        add(new EtlStep.Set(name, "coalesce(" + condition + ", false)"), place, "condition");
        return name;
    }

    private static String and(@Nullable String guard, String condition) {
        return guard == null ? condition : "(" + guard + ") && (" + condition + ")";
    }

    private void set(Syntax.Call call, @Nullable String guard) {
        List<Syntax> pairs = Arguments.pairs(call);
        for (int i = 0; i < pairs.size(); i += 2) {
            String column = Arguments.column(pairs.get(i));
            String value = Expressions.of(pairs.get(i + 1));
            String present = columns.contains(column) ? Expressions.quoted(column) : "null";
            add(
                    new EtlStep.Set(column, guard == null ? value : "(" + guard + ") ? (" + value + ") : " + present),
                    call,
                    call.function());
            columns.add(column);
        }
    }

    private void drop(Syntax.Call call, @Nullable String guard) {
        String condition = condition(call, guard);
        add(new EtlStep.DropIf(condition), call, call.function());
    }

    /** Alone it keeps what is kept anyhow; with a condition it drops the rest. */
    private void keep(Syntax.Call call, @Nullable String guard) {
        if (!call.arguments().isEmpty()) {
            Arguments.exactly(call, 1);
            String condition = "coalesce(" + Expressions.of(call.arguments().getFirst()) + ", false)";
            String unless = "!" + condition;
            add(new EtlStep.DropIf(guard == null ? unless : and(guard, unless)), call, call.function());
        }
    }

    private static String condition(Syntax.Call call, @Nullable String guard) {
        if (call.arguments().isEmpty()) {
            return guard == null ? "true" : guard;
        }
        Arguments.exactly(call, 1);
        return and(guard, Expressions.of(call.arguments().getFirst()));
    }

    private void rename(Syntax.Call call, @Nullable String guard) {
        unconditional(call, guard);
        List<Syntax> pairs = Arguments.pairs(call);
        for (int i = 0; i < pairs.size(); i += 2) {
            String from = Arguments.column(pairs.get(i));
            String to = Arguments.column(pairs.get(i + 1));
            add(new EtlStep.Rename(from, to), call, call.function());
            columns.remove(from);
            columns.add(to);
        }
    }

    private void remove(Syntax.Call call, @Nullable String guard) {
        unconditional(call, guard);
        Arguments.atLeast(call, 1);
        for (Syntax argument : call.arguments()) {
            String column = Arguments.column(argument);
            add(new EtlStep.Remove(column), call, call.function());
            columns.remove(column);
        }
    }

    private static void unconditional(Syntax.Call call, @Nullable String guard) {
        if (guard != null) {
            throw new ScriptError(
                    call.offset(),
                    call.function() + " stands under a condition, but the columns of a table are the same for all rows",
                    "Take it out of the condition; to empty a column for some rows, set it under the condition.");
        }
    }

    private void add(EtlStep step, Syntax place, String function) {
        steps.add(new Translated(step, function + " at position " + (place.offset() + 1) + shown(step)));
    }

    private static String shown(EtlStep step) {
        return switch (step) {
            case EtlStep.Set set -> ", translated to set " + set.set() + " to " + set.to();
            case EtlStep.DropIf drop -> ", translated to dropIf " + drop.dropIf();
            case EtlStep.KeepIf _, EtlStep.Rename _, EtlStep.Remove _, EtlStep.Mask _, EtlStep.Script _ -> "";
        };
    }
}
