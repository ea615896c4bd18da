package dev.leat.task;

import dev.leat.precheck.PrecheckItem;
import dev.leat.task.TaskRuns.Claim;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The prechecks that were asked for, by whom, and what becomes of them: the door for those who run them. */
@Service
public class PrecheckRuns {

    private static final int KEPT = 20;

    private final Ownership ownership;
    private final TaskPrechecks prechecks;
    private final TaskEvents events;
    private final JdbcClient jdbc;

    PrecheckRuns(Ownership ownership, TaskPrechecks prechecks, TaskEvents events, JdbcClient jdbc) {
        this.ownership = ownership;
        this.prechecks = prechecks;
        this.events = events;
        this.jdbc = jdbc;
    }

    /** A precheck is asked for, of some items or, when there are none, of all. */
    void begin(UUID task, Collection<String> items, String actor) {
        jdbc.sql("""
                        INSERT INTO task_precheck_run (task_id, run, begun_at, asked_by, items)
                        SELECT :task, coalesce(max(run), 0) + 1, now(), :actor, :items
                        FROM task_precheck_run WHERE task_id = :task
                        """)
                .param("task", task)
                .param("actor", actor)
                .param("items", items.isEmpty() ? null : String.join(",", items))
                .update();
        mark(task, items);
        forgetOldest(task);
    }

    private void mark(UUID task, Collection<String> items) {
        jdbc.sql("UPDATE task_precheck SET asked = item = ANY (string_to_array(:items, ',')) WHERE task_id = :task")
                .param("task", task)
                .param("items", String.join(",", items))
                .update();
    }

    private void forgetOldest(UUID task) {
        for (String table : List.of("task_precheck_run", "task_precheck_result")) {
            jdbc.sql("DELETE FROM " + table + " WHERE task_id = :task AND run <= "
                            + "(SELECT max(run) FROM task_precheck_run WHERE task_id = :task) - :kept")
                    .param("task", task)
                    .param("kept", KEPT)
                    .update();
        }
    }

    /** One begins: its items, by name with their titles, wait in their order. */
    public void begins(Claim claim, Map<String, String> titles, Collection<String> asked) {
        ownership.write(claim, () -> prechecks.begin(claim.id(), titles, asked));
    }

    /** An item is done. */
    public void done(Claim claim, PrecheckItem item, int place) {
        ownership.write(
                claim,
                () -> prechecks
                        .save(claim.id(), item, place)
                        .ifPresent(ignorer -> events.add(
                                claim.id(),
                                "INFO",
                                "ALERTS_NO_LONGER_IGNORED",
                                item.name() + ", ignored by " + ignorer + ", has changed",
                                null)));
    }

    /** It is over; when all is clear, the task is ready, or starts. */
    public void over(Claim claim, boolean clear) {
        ownership.step(claim, state -> switch (state) {
            case TaskState.Prechecking checking when !clear -> checking.toPrecheckFailed();
            case TaskState.Prechecking checking -> checking.start() ? checking.toRunning() : checking.toReady();
            default -> state;
        });
    }

    /** Whether no item of the last one stands in the way of a start. */
    public boolean clear(UUID task) {
        return prechecks.list(task).stream().allMatch(PrecheckView::clear);
    }

    /** The items that are still to be looked at; none for all. */
    public List<String> asked(UUID task) {
        return jdbc.sql("SELECT item FROM task_precheck WHERE task_id = :task AND asked ORDER BY place")
                .param("task", task)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** The prechecks that are kept, newest first. */
    List<PrecheckRunView> list(UUID task) {
        return jdbc.sql("""
                        SELECT n.run, n.begun_at, n.asked_by, n.items,
                               count(*) FILTER (WHERE r.outcome = 'PASSED'), count(*) FILTER (WHERE r.outcome = 'ALERT'),
                               count(*) FILTER (WHERE r.outcome = 'ERROR'),
                               count(*) FILTER (WHERE r.outcome = 'COULD_NOT_RUN')
                        FROM task_precheck_run n LEFT JOIN task_precheck_result r USING (task_id, run)
                        WHERE n.task_id = :task GROUP BY 1, 2, 3, 4 ORDER BY 1 DESC
                        """)
                .param("task", task)
                .query((row, number) -> new PrecheckRunView(
                        row.getInt(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        items(row.getString(4)),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getInt(8)))
                .list();
    }

    private static List<String> items(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(",", -1));
    }
}
