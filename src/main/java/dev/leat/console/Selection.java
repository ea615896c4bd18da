package dev.leat.console;

import dev.leat.change.TableId;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The objects of a draft, changed by one move of the user at a time; nothing selected is everything less everything. */
record Selection(List<ObjectRule> include, List<ObjectRule> exclude) {

    /** How a table stands to the selection. */
    enum Stand {
        /** Not selected. */
        FREE,
        /** Selected by a rule of its own. */
        OWN,
        /** Selected with its schema or the database. */
        THROUGH,
        /** Left out of a schema or database that is selected. */
        OUT
    }

    static Selection of(ObjectSelection objects) {
        boolean nothing = objects.exclude().stream().anyMatch(Selection::isDatabase);
        return nothing
                ? new Selection(List.of(), List.of())
                : new Selection(List.copyOf(objects.include()), List.copyOf(objects.exclude()));
    }

    ObjectSelection objects() {
        return include.isEmpty()
                ? new ObjectSelection(List.of(), List.of(ObjectRule.everything()))
                : new ObjectSelection(include, exclude);
    }

    boolean isNothing() {
        return include.isEmpty();
    }

    /** A database, schema or table is selected; what was left out of it is back. */
    Selection add(ObjectRule rule) {
        List<ObjectRule> kept = new ArrayList<>(exclude);
        kept.removeIf(sameObject(rule).or(inside(rule)));
        if (include.stream().anyMatch(sameObject(rule))) {
            return new Selection(include, kept);
        }
        List<ObjectRule> more = new ArrayList<>(include);
        more.add(rule);
        return new Selection(more, kept);
    }

    /** A rule goes; what was left out of it alone goes with it. */
    Selection remove(int index) {
        if (index < 0 || index >= include.size()) {
            return this;
        }
        List<ObjectRule> fewer = new ArrayList<>(include);
        fewer.remove(index);
        List<ObjectRule> kept = new ArrayList<>(exclude);
        kept.removeIf(out -> fewer.stream().noneMatch(rule -> inside(rule).test(out)));
        return new Selection(fewer, kept);
    }

    /** A table is left out of what is selected around it. */
    Selection leaveOut(TableId id) {
        List<ObjectRule> fewer = new ArrayList<>(include);
        ObjectRule out = ObjectRule.of(id.schema(), id.table());
        fewer.removeIf(sameObject(out));
        List<ObjectRule> more = new ArrayList<>(exclude);
        if (more.stream().noneMatch(sameObject(out))) {
            more.add(out);
        }
        return new Selection(fewer, more);
    }

    Selection takeBack(TableId id) {
        List<ObjectRule> fewer = new ArrayList<>(exclude);
        fewer.removeIf(sameObject(ObjectRule.of(id.schema(), id.table())));
        return new Selection(include, fewer);
    }

    Stand stand(TableId id) {
        if (indexOf(ObjectRule.of(id.schema(), id.table())).isPresent()) {
            return Stand.OWN;
        }
        Optional<ObjectRule> rule = objects().ruleFor(id);
        if (rule.isPresent()) {
            return Stand.THROUGH;
        }
        return exclude.stream().anyMatch(sameObject(ObjectRule.of(id.schema(), id.table()))) ? Stand.OUT : Stand.FREE;
    }

    /** Where the rule of an object stands in the list. */
    OptionalInt indexOf(ObjectRule object) {
        Predicate<ObjectRule> same = sameObject(object);
        for (int i = 0; i < include.size(); i++) {
            if (same.test(include.get(i))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isDatabase(ObjectRule rule) {
        return rule.schema() == null && rule.table() == null;
    }

    private static Predicate<ObjectRule> sameObject(ObjectRule one) {
        return other -> java.util.Objects.equals(one.schema(), other.schema())
                && java.util.Objects.equals(one.table(), other.table());
    }

    /** Whether an object lies in the schema or database of a rule. */
    private static Predicate<ObjectRule> inside(ObjectRule outer) {
        return inner ->
                isDatabase(outer) || outer.table() == null && java.util.Objects.equals(outer.schema(), inner.schema());
    }
}
