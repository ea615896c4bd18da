package dev.leat.settings;

import dev.leat.change.TableId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of a task: what is selected, less what is excluded. */
public record ObjectSelection(List<ObjectRule> include, List<ObjectRule> exclude) {

    /** Fills in the defaults: nothing named means the whole database. */
    public ObjectSelection(@Nullable List<ObjectRule> include, @Nullable List<ObjectRule> exclude) {
        this.include = RuleList.of(include == null || include.isEmpty() ? List.of(ObjectRule.everything()) : include);
        this.exclude = RuleList.of(exclude == null ? List.of() : exclude);
    }

    /** The rule that a table is selected by; empty when it is not selected. The most specific rule wins. */
    public Optional<ObjectRule> ruleFor(TableId id) {
        Optional<ObjectRule> included = RuleList.of(include).mostSpecific(id);
        Optional<ObjectRule> excluded = RuleList.of(exclude).mostSpecific(id);
        boolean out = included.isPresent()
                && excluded.isPresent()
                && excluded.get().precision() >= included.get().precision();
        return out ? Optional.empty() : included;
    }

    /** Whether a schema is selected as a whole, with everything in it that is no table too. */
    public boolean wholeSchema(String schema) {
        Optional<ObjectRule> included = RuleList.of(include).ofSchema(schema);
        Optional<ObjectRule> excluded = RuleList.of(exclude).ofSchema(schema);
        return included.isPresent()
                && (excluded.isEmpty()
                        || excluded.get().precision() < included.get().precision());
    }

    /** Tables that are named one by one, which therefore have to exist. */
    public List<TableId> namedTables() {
        return include.stream()
                .filter(rule -> rule.schema() != null && rule.table() != null)
                .map(ObjectSelection::named)
                .toList();
    }

    private static TableId named(ObjectRule rule) {
        return new TableId(String.valueOf(rule.schema()), String.valueOf(rule.table()));
    }
}
