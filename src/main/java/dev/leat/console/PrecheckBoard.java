package dev.leat.console;

import dev.leat.task.PrecheckView;
import java.util.Comparator;
import java.util.List;

/**
 * A precheck as it is shown: what needs a person first.
 *
 * @param state of the task
 * @param items errors, then alerts, then the rest in their order
 * @param done how many are done
 * @param clear how many stand in nobody's way
 */
record PrecheckBoard(String state, List<Item> items, int done, int clear) {

    /** One item. */
    record Item(PrecheckView check, Badge badge) {

        public boolean waits() {
            return check.outcome().equals("WAITING");
        }

        /** Whether it stands in the way. */
        public boolean unclear() {
            return !waits() && !check.clear();
        }

        public boolean ignorable() {
            return check.outcome().equals("ALERT") && check.ignoredBy() == null;
        }
    }

    static PrecheckBoard of(String state, List<PrecheckView> checks) {
        List<Item> items = checks.stream()
                .map(check -> new Item(check, Badge.ofOutcome(check.outcome(), check.ignoredBy() != null)))
                .sorted(Comparator.comparing(PrecheckBoard::urgency))
                .toList();
        int done = (int) items.stream().filter(item -> !item.waits()).count();
        int clear = (int) checks.stream().filter(PrecheckView::clear).count();
        return new PrecheckBoard(state, items, done, clear);
    }

    private static int urgency(Item item) {
        if (item.check().clear()) {
            return item.check().outcome().equals("PASSED") ? 4 : 3;
        }
        return switch (item.check().outcome()) {
            case "ERROR" -> 0;
            case "COULD_NOT_RUN" -> 1;
            case "ALERT" -> 2;
            default -> 5;
        };
    }

    /** Whether it goes on. */
    public boolean running() {
        return state.equals("PRECHECKING");
    }

    /** Whether the task may start. */
    public boolean ready() {
        return state.equals("READY");
    }

    /** Whether it ran for the definition as it is now. */
    public boolean current() {
        return !state.equals("DRAFT") && !items.isEmpty();
    }

    public int percent() {
        return items.isEmpty() ? 0 : clear * 100 / items.size();
    }

    public int donePercent() {
        return items.isEmpty() ? 0 : done * 100 / items.size();
    }
}
