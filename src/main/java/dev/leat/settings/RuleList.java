package dev.leat.settings;

import dev.leat.change.TableId;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Rules in the user's order that are found by the name of a table (compared exactly: no patterns, no case folding) without a look at each of them. */
final class RuleList extends AbstractList<ObjectRule> implements RandomAccess {

    private final List<ObjectRule> rules;
    private final Map<TableId, ObjectRule> tables = new HashMap<>();
    private final Map<String, ObjectRule> schemas = new HashMap<>();
    private @Nullable ObjectRule database;

    private RuleList(List<ObjectRule> rules) {
        this.rules = List.copyOf(rules);
        this.rules.forEach(this::index);
    }

    /** The rules as such a list, which they may be already. */
    static RuleList of(List<ObjectRule> rules) {
        return rules instanceof RuleList known ? known : new RuleList(rules);
    }

    /** Of rules for the same object the first one counts. */
    private void index(ObjectRule rule) {
        String schema = rule.schema();
        String table = rule.table();
        if (schema != null && table != null) {
            tables.putIfAbsent(new TableId(schema, table), rule);
        } else if (schema != null) {
            schemas.putIfAbsent(schema, rule);
        } else if (table == null && database == null) {
            database = rule;
        }
    }

    /** The most specific rule that speaks of a table. */
    Optional<ObjectRule> mostSpecific(TableId id) {
        return Optional.ofNullable(tables.get(id)).or(() -> ofSchema(id.schema()));
    }

    /** The most specific rule that speaks of everything in a schema. */
    Optional<ObjectRule> ofSchema(String schema) {
        return Optional.ofNullable(schemas.get(schema)).or(() -> Optional.ofNullable(database));
    }

    @Override
    public ObjectRule get(int index) {
        return rules.get(index);
    }

    @Override
    public int size() {
        return rules.size();
    }
}
