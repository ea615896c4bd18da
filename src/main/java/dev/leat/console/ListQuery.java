package dev.leat.console;

import dev.leat.task.TaskView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How the list of tasks is looked at.
 *
 * @param q part of a name, connection or label
 * @param state name of a state; empty for all
 * @param sort {@code newest}, {@code name}, {@code state}, {@code delay} or {@code rows}
 * @param page from 1
 */
record ListQuery(String q, String state, String sort, int page) {

    static final int PAGE = 100;
    static final List<String> SORTS = List.of("newest", "name", "state", "delay", "rows");

    /** What is not known becomes the default. */
    ListQuery {
        q = q.strip();
        sort = SORTS.contains(sort) ? sort : SORTS.getFirst();
        page = Math.max(1, page);
    }

    /** All that fit, in order. */
    List<TaskView> found(List<TaskView> tasks) {
        return tasks.stream().filter(this::fits).sorted(order()).toList();
    }

    /** The part of them that is shown. */
    List<TaskView> shown(List<TaskView> found) {
        int from = Math.min((shownPage(found) - 1) * PAGE, found.size());
        return found.subList(from, Math.min(from + PAGE, found.size()));
    }

    /** The last page when there are fewer by now. */
    int shownPage(List<TaskView> found) {
        return Math.min(page, pages(found));
    }

    static int pages(List<TaskView> found) {
        return Math.max(1, (found.size() + PAGE - 1) / PAGE);
    }

    private boolean fits(TaskView task) {
        String words = String.join(" ", task.name(), task.source(), task.database(), task.destination(), labels(task));
        return (state.isEmpty() || task.state().equals(state))
                && words.toLowerCase(Locale.ROOT).contains(q.toLowerCase(Locale.ROOT));
    }

    private static String labels(TaskView task) {
        var labels = task.labels();
        return labels.environment() + " " + labels.scene() + " " + labels.resourceGroup();
    }

    private Comparator<TaskView> order() {
        return switch (sort) {
            case "name" -> Comparator.comparing(task -> task.name().toLowerCase(Locale.ROOT));
            case "state" -> Comparator.comparing(TaskView::state);
            case "delay" ->
                Comparator.comparing(TaskView::delaySeconds, Comparator.nullsFirst(Comparator.<Double>naturalOrder()))
                        .reversed();
            case "rows" -> Comparator.comparing(TaskView::rowsPerSecond).reversed();
            default -> Comparator.comparing(TaskView::createdAt).reversed();
        };
    }
}
