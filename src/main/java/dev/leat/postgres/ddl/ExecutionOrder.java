package dev.leat.postgres.ddl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Puts objects into an order in which each comes after what it needs, and else by kind and name. */
final class ExecutionOrder {

    private static final Comparator<SchemaObject> BY_KIND_AND_NAME = Comparator.comparing(SchemaObject::kind)
            .thenComparing(SchemaObject::schema)
            .thenComparing(SchemaObject::name)
            .thenComparing(object -> object.address().oid());

    private final SchemaGraph graph;
    private final Set<Address> left;
    private final Map<Address, Integer> open = new HashMap<>();
    private final Map<Address, List<Address>> waiting = new HashMap<>();
    private final PriorityQueue<SchemaObject> ready = new PriorityQueue<>(BY_KIND_AND_NAME);

    private ExecutionOrder(SchemaGraph graph, Set<Address> chosen) {
        this.graph = graph;
        this.left = new HashSet<>(chosen);
        for (Address address : chosen) {
            List<Address> needs =
                    graph.needs(address).stream().filter(chosen::contains).toList();
            open.put(address, needs.size());
            needs.forEach(needed ->
                    waiting.computeIfAbsent(needed, n -> new ArrayList<>()).add(address));
            if (needs.isEmpty()) {
                ready.add(graph.object(address));
            }
        }
    }

    static List<SchemaObject> of(SchemaGraph graph, Set<Address> chosen) {
        return new ExecutionOrder(graph, chosen).sorted();
    }

    private List<SchemaObject> sorted() {
        List<SchemaObject> sorted = new ArrayList<>();
        while (!left.isEmpty()) {
            if (ready.isEmpty()) {
                // a circle, such as two functions that call each other: one of them has to begin
                left.stream().map(graph::object).min(BY_KIND_AND_NAME).ifPresent(ready::add);
            }
            SchemaObject next = ready.poll();
            if (next != null && left.remove(next.address())) {
                sorted.add(next);
                waiting.getOrDefault(next.address(), List.of()).forEach(this::oneLess);
            }
        }
        return sorted;
    }

    private void oneLess(Address waiter) {
        if (open.merge(waiter, -1, Integer::sum) == 0 && left.contains(waiter)) {
            ready.add(graph.object(waiter));
        }
    }
}
