package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.task.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the list of tasks is filtered, sorted and paged. */
class ListQueryTest {

    @Test
    void findsByNameAndLabelAndStateAndOrders() {
        List<TaskView> all = Samples.all();
        assertThat(new ListQuery("", "", "name", 1).found(all))
                .extracting(TaskView::name)
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(new ListQuery("", "", "rows", 1).found(all).getFirst().rowsPerSecond())
                .isEqualTo(
                        all.stream().mapToDouble(TaskView::rowsPerSecond).max().orElseThrow());
        assertThat(new ListQuery("BILL", "", "", 1).found(all)).hasSize(1);
        assertThat(new ListQuery("PRODUCTION", "", "", 1).found(all))
                .extracting(TaskView::name)
                .containsExactly("billing");
        assertThat(new ListQuery("", "PAUSED", "what", 1).found(all))
                .allMatch(task -> task.state().equals("PAUSED"));
    }

    @Test
    void aThousandTasksAreShownAHundredAtATime() {
        List<TaskView> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            many.add(renamed(Samples.draft(), "task-%04d".formatted(i)));
        }
        ListQuery second = new ListQuery("", "", "name", 2);
        List<TaskView> found = second.found(many);
        assertThat(second.shown(found))
                .hasSize(100)
                .first()
                .extracting(TaskView::name)
                .isEqualTo("task-0100");
        assertThat(ListQuery.pages(found)).isEqualTo(11);
        ListQuery beyond = new ListQuery("", "", "name", 99);
        assertThat(beyond.shownPage(found)).isEqualTo(11);
        assertThat(beyond.shown(found)).hasSize(1);
        assertThat(beyond.shown(List.of())).isEmpty();
    }

    private static TaskView renamed(TaskView t, String name) {
        return new TaskView(
                UUID.randomUUID(),
                name,
                t.state(),
                t.phase(),
                t.source(),
                t.database(),
                t.destination(),
                t.format(),
                t.delaySeconds(),
                t.lagBytes(),
                t.walHeldBytes(),
                t.rowsPerSecond(),
                t.bytesPerSecond(),
                t.progress(),
                t.failure(),
                t.checkpoint(),
                t.createdAt(),
                t.version(),
                t.slot(),
                t.labels());
    }
}
