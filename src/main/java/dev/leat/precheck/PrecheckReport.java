package dev.leat.precheck;

import java.util.List;
import java.util.Set;

/** What came of a precheck: its items, in the order of the list of checks. */
public record PrecheckReport(List<PrecheckItem> items) {

    public PrecheckReport {
        items = List.copyOf(items);
    }

    /**
     * Whether the task may start: every item passed, or holds nothing but alerts and is ignored.
     *
     * @param ignored names of the items that the user ignores
     */
    public boolean clear(Set<String> ignored) {
        return items.stream().allMatch(item -> item.passed() || item.ignorable() && ignored.contains(item.name()));
    }
}
