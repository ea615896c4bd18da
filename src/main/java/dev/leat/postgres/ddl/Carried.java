package dev.leat.postgres.ddl;

import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses the objects that a task carries: its tables, everything of schemas that it selects whole, and what these need.
 * What needs something that is not carried is left out, and told.
 */
final class Carried {

    private final SchemaGraph graph;
    private final Map<TableId, TableNames> tables;
    private final Predicate<String> wholeSchema;
    private final Map<Address, String> leftOut = new LinkedHashMap<>();

    Carried(SchemaGraph graph, Map<TableId, TableNames> tables, Predicate<String> wholeSchema) {
        this.graph = graph;
        this.tables = tables;
        this.wholeSchema = wholeSchema;
    }

    /** The objects, in no order. */
    Set<Address> choose() {
        Set<Address> chosen = closure();
        while (leaveOut(chosen)) {
            // leaving one out may leave out those that need it
        }
        // what only those needed that are left out now is not needed either
        Set<Address> needed = closure();
        needed.retainAll(chosen);
        return needed;
    }

    /** What was left out and why, each a sentence without its end. */
    List<String> leftOut() {
        return leftOut.entrySet().stream()
                .filter(entry -> graph.object(entry.getKey()).kind() != ObjectKind.COMMENT)
                .map(entry -> graph.object(entry.getKey()).described() + " needs " + entry.getValue())
                .toList();
    }

    private boolean wanted(SchemaObject object) {
        return switch (object.kind()) {
            case TABLE -> object.table() != null && tables.containsKey(object.table());
            case COLLATION, TYPE, SEQUENCE, FUNCTION, AGGREGATE, OPERATOR, VIEW -> wholeSchema.test(object.schema());
            case SETTING, SCHEMA, EXTENSION -> false;
            case SEQUENCE_OWNER, DEFAULT, CONSTRAINT, INDEX, RULE, FOREIGN_KEY, COMMENT -> false;
        };
    }

    private Set<Address> closure() {
        Set<Address> chosen = new LinkedHashSet<>();
        Deque<Address> open = new ArrayDeque<>();
        graph.objects().values().stream()
                .filter(this::wanted)
                .map(SchemaObject::address)
                .forEach(open::add);
        do {
            spread(open, chosen);
            attach(open, chosen);
        } while (!open.isEmpty());
        return chosen;
    }

    private void spread(Deque<Address> open, Set<Address> chosen) {
        for (Address next = open.poll(); next != null; next = open.poll()) {
            if (!leftOut.containsKey(next) && chosen.add(next)) {
                SchemaObject object = graph.object(next);
                graph.needs(next).stream()
                        .filter(needed -> pulls(object, needed))
                        .forEach(open::add);
            }
        }
    }

    private void attach(Deque<Address> open, Set<Address> chosen) {
        for (SchemaObject object : graph.objects().values()) {
            if (object.kind().attached() && chosen.contains(object.owner()) && !chosen.contains(object.address())) {
                if (!leftOut.containsKey(object.address())) {
                    open.add(object.address());
                }
            }
        }
    }

    /** A table is selected and not pulled, unless another one's column has its rows for a type. */
    private boolean pulls(SchemaObject object, Address needed) {
        if (needed.equals(SchemaGraph.UNKNOWN)) {
            return false;
        }
        return !graph.object(needed).kind().holdsRows() || object.kind() == ObjectKind.TABLE;
    }

    private boolean leaveOut(Set<Address> chosen) {
        List<Address> out = new ArrayList<>();
        for (Address address : chosen) {
            reason(graph.object(address), chosen).ifPresent(reason -> {
                leftOut.put(address, reason);
                out.add(address);
            });
        }
        out.forEach(chosen::remove);
        return !out.isEmpty();
    }

    private Optional<String> reason(SchemaObject object, Set<Address> chosen) {
        for (Address needed : graph.needs(object.address())) {
            if (needed.equals(SchemaGraph.UNKNOWN)) {
                return Optional.of("an object that DDL records cannot carry");
            }
            SchemaObject other = graph.object(needed);
            if (!chosen.contains(needed)) {
                return Optional.of(other.described() + ", which is not carried");
            }
            if (speaksOfNames(object, other)) {
                return Optional.of(other.described() + ", to which the task gives other names");
            }
        }
        return Optional.empty();
    }

    /** Whether an object's text holds names of a table that are others in records. */
    private boolean speaksOfNames(SchemaObject object, SchemaObject other) {
        TableNames names = other.kind() == ObjectKind.TABLE && other.table() != null ? tables.get(other.table()) : null;
        return names != null
                && names.mapped()
                && switch (object.kind()) {
                    case TABLE, DEFAULT, SEQUENCE_OWNER, SEQUENCE -> false;
                    case SETTING, SCHEMA, EXTENSION, COLLATION, TYPE, FUNCTION, AGGREGATE, OPERATOR -> true;
                    case CONSTRAINT, INDEX, VIEW, RULE, FOREIGN_KEY, COMMENT -> true;
                };
    }
}
