package dev.leat.task;

import dev.leat.precheck.Finding;
import dev.leat.precheck.Outcome;
import dev.leat.precheck.PrecheckItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The last precheck of each task, item by item; what a user ignores stays ignored over reruns. */
@Component
class TaskPrechecks {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    TaskPrechecks(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** What of an item has no column of its own. */
    private record Detail(
            String title, List<Finding> findings, @Nullable String reason) {}

    /** All items wait; those that there are no more go. */
    void begin(UUID task, Map<String, String> titles) {
        jdbc.sql("DELETE FROM task_precheck WHERE task_id = :task AND item NOT IN (:items)")
                .param("task", task)
                .param("items", titles.keySet())
                .update();
        int place = 0;
        for (Map.Entry<String, String> item : titles.entrySet()) {
            put(task, item.getKey(), place++, "WAITING", new Detail(item.getValue(), List.of(), null), 0);
        }
    }

    void save(UUID task, PrecheckItem item, int place) {
        put(
                task,
                item.name(),
                place,
                outcome(item),
                detail(item),
                item.duration().toMillis());
    }

    private void put(UUID task, String item, int place, String outcome, Detail detail, long millis) {
        jdbc.sql("""
                        INSERT INTO task_precheck (task_id, item, place, outcome, detail, millis, ran_at)
                        VALUES (:task, :item, :place, :outcome, :detail, :millis, now())
                        ON CONFLICT (task_id, item) DO UPDATE SET
                          place = excluded.place, outcome = excluded.outcome, detail = excluded.detail,
                          millis = excluded.millis, ran_at = excluded.ran_at
                        """)
                .param("task", task)
                .param("item", item)
                .param("place", place)
                .param("outcome", outcome)
                .param("detail", json.writeValueAsString(detail))
                .param("millis", millis)
                .update();
    }

    List<PrecheckView> list(UUID task) {
        return jdbc.sql("""
                        SELECT item, outcome, detail, millis, ran_at, ignored_by, ignored_at
                        FROM task_precheck WHERE task_id = :task ORDER BY place
                        """)
                .param("task", task)
                .query((row, number) -> view(row))
                .list();
    }

    void ignore(UUID task, Collection<String> items, String actor) {
        jdbc.sql("""
                        UPDATE task_precheck SET ignored_by = :actor, ignored_at = now()
                        WHERE task_id = :task AND item IN (:items) AND outcome = 'ALERT' AND ignored_by IS NULL
                        """)
                .param("task", task)
                .param("items", items)
                .param("actor", actor)
                .update();
    }

    private PrecheckView view(ResultSet row) throws SQLException {
        Detail detail = json.readValue(row.getString(3), Detail.class);
        return new PrecheckView(
                row.getString(1),
                detail.title(),
                row.getString(2),
                detail.findings(),
                detail.reason(),
                row.getLong(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getString(6),
                instant(row.getObject(7, OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static String outcome(PrecheckItem item) {
        return switch (item.outcome()) {
            case Outcome.Passed _ -> "PASSED";
            case Outcome.Found _ -> item.ignorable() ? "ALERT" : "ERROR";
            case Outcome.CouldNotRun _ -> "COULD_NOT_RUN";
        };
    }

    private static Detail detail(PrecheckItem item) {
        return switch (item.outcome()) {
            case Outcome.Passed _ -> new Detail(item.title(), List.of(), null);
            case Outcome.Found found -> new Detail(item.title(), found.findings(), null);
            case Outcome.CouldNotRun skipped -> new Detail(item.title(), List.of(), skipped.reason());
        };
    }
}
