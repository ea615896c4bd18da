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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the prechecks of each task found, item by item; what a user ignores stays ignored until something else is found. */
@Component
class TaskPrechecks {

    /** The result before the present one; one that could not run tells nothing to compare with. */
    private static final String BEFORE = """
            LEFT JOIN LATERAL (
              SELECT b.detail, b.ran_at FROM task_precheck_result b
              WHERE b.task_id = p.task_id AND b.item = p.item AND b.run < p.run AND b.outcome <> 'COULD_NOT_RUN'
              ORDER BY b.run DESC LIMIT 1) b ON true
            """;

    private static final String LAST = """
            SELECT p.item, p.outcome, p.detail, p.millis, p.ran_at, p.ignored_by, p.ignored_at, p.run, b.detail, b.ran_at
            FROM task_precheck p
            """ + BEFORE + " WHERE p.task_id = :task ORDER BY p.place";

    private static final String OF_RUN = """
            SELECT p.item, p.outcome, p.detail, p.millis, p.ran_at, NULL, NULL::timestamptz, p.run, b.detail, b.ran_at
            FROM task_precheck_result p
            """ + BEFORE + " WHERE p.task_id = :task AND p.run = :run ORDER BY p.place";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    TaskPrechecks(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** What of an item has no column of its own. */
    private record Detail(
            String title, List<Finding> findings, @Nullable String reason) {}

    /** All that are to be looked at wait; those that there are no more go. */
    void begin(UUID task, Map<String, String> titles, Collection<String> asked) {
        jdbc.sql("DELETE FROM task_precheck WHERE task_id = :task AND item NOT IN (:items)")
                .param("task", task)
                .param("items", titles.keySet())
                .update();
        int place = 0;
        for (Map.Entry<String, String> item : titles.entrySet()) {
            if (asked.isEmpty() || asked.contains(item.getKey())) {
                await(task, item.getKey(), place, new Detail(item.getValue(), List.of(), null));
            }
            place++;
        }
    }

    private void await(UUID task, String item, int place, Detail detail) {
        jdbc.sql("""
                        INSERT INTO task_precheck (task_id, item, place, outcome, detail, millis, ran_at)
                        VALUES (:task, :item, :place, 'WAITING', :detail, 0, now())
                        ON CONFLICT (task_id, item) DO UPDATE SET
                          place = excluded.place, outcome = excluded.outcome, detail = excluded.detail,
                          ignored_detail = CASE WHEN task_precheck.ignored_by IS NOT NULL
                            THEN coalesce(task_precheck.ignored_detail, task_precheck.detail) END
                        """)
                .param("task", task)
                .param("item", item)
                .param("place", place)
                .param("detail", json.writeValueAsString(detail))
                .update();
    }

    /** Who ignores an item, and what was found when that was said. */
    private record Ignored(String by, Detail detail) {}

    /**
     * Keeps what came of an item.
     *
     * @return who ignored it until now, when something else was found; empty when nothing changes
     */
    Optional<String> save(UUID task, PrecheckItem item, int place) {
        Optional<Ignored> lifted = ignored(task, item.name()).filter(ignored -> !stays(ignored, item));
        jdbc.sql("""
                        WITH kept AS (
                          INSERT INTO task_precheck AS p (task_id, item, place, outcome, detail, millis, ran_at, run)
                          SELECT :task, :item, :place, :outcome, :detail, :millis, now(), coalesce(max(run), 0)
                          FROM task_precheck_run WHERE task_id = :task
                          ON CONFLICT (task_id, item) DO UPDATE SET
                            place = excluded.place, asked = false,
                            outcome = excluded.outcome, detail = excluded.detail, run = excluded.run,
                            millis = excluded.millis, ran_at = excluded.ran_at,
                            ignored_by = CASE WHEN :lifted THEN NULL ELSE p.ignored_by END,
                            ignored_at = CASE WHEN :lifted THEN NULL ELSE p.ignored_at END,
                            ignored_detail = CASE WHEN :lifted THEN NULL ELSE p.ignored_detail END
                          RETURNING p.task_id, p.run, p.item, p.place, p.outcome, p.detail, p.millis, p.ran_at)
                        INSERT INTO task_precheck_result (task_id, run, item, place, outcome, detail, millis, ran_at)
                        SELECT * FROM kept
                        ON CONFLICT (task_id, item, run) DO UPDATE SET
                          place = excluded.place, outcome = excluded.outcome, detail = excluded.detail,
                          millis = excluded.millis, ran_at = excluded.ran_at
                        """)
                .param("task", task)
                .param("item", item.name())
                .param("place", place)
                .param("outcome", outcome(item))
                .param("detail", json.writeValueAsString(detail(item)))
                .param("millis", item.duration().toMillis())
                .param("lifted", lifted.isPresent())
                .update();
        return lifted.map(Ignored::by);
    }

    private Optional<Ignored> ignored(UUID task, String item) {
        return jdbc.sql("""
                        SELECT ignored_by, coalesce(ignored_detail, detail) FROM task_precheck
                        WHERE task_id = :task AND item = :item AND ignored_by IS NOT NULL
                        """)
                .param("task", task)
                .param("item", item)
                .query((row, number) -> new Ignored(row.getString(1), json.readValue(row.getString(2), Detail.class)))
                .optional();
    }

    private static boolean stays(Ignored ignored, PrecheckItem item) {
        return switch (item.outcome()) {
            case Outcome.Passed _ -> false;
            case Outcome.CouldNotRun _ -> true;
            case Outcome.Found found ->
                SameFinding.without(found.findings(), ignored.detail().findings())
                        .isEmpty();
        };
    }

    /** The last result of each item. */
    List<PrecheckView> list(UUID task) {
        return jdbc.sql(LAST)
                .param("task", task)
                .query((row, number) -> view(row))
                .list();
    }

    /** The results of one precheck. */
    List<PrecheckView> list(UUID task, int run) {
        return jdbc.sql(OF_RUN)
                .param("task", task)
                .param("run", run)
                .query((row, number) -> view(row))
                .list();
    }

    void ignore(UUID task, Collection<String> items, String actor) {
        jdbc.sql("""
                        UPDATE task_precheck SET ignored_by = :actor, ignored_at = now(), ignored_detail = detail
                        WHERE task_id = :task AND item IN (:items) AND outcome = 'ALERT' AND ignored_by IS NULL
                        """)
                .param("task", task)
                .param("items", items)
                .param("actor", actor)
                .update();
    }

    private PrecheckView view(ResultSet row) throws SQLException {
        Detail detail = json.readValue(row.getString(3), Detail.class);
        String earlier = row.getString(9);
        boolean compared = earlier != null && !row.getString(2).equals("COULD_NOT_RUN");
        List<Finding> before = compared ? json.readValue(earlier, Detail.class).findings() : List.of();
        return new PrecheckView(
                row.getString(1),
                detail.title(),
                row.getString(2),
                detail.findings(),
                detail.reason(),
                row.getLong(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getString(6),
                instant(row.getObject(7, OffsetDateTime.class)),
                row.getInt(8),
                compared ? instant(row.getObject(10, OffsetDateTime.class)) : null,
                compared ? SameFinding.without(detail.findings(), before) : List.of(),
                compared ? SameFinding.without(before, detail.findings()) : List.of());
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
            case Outcome.Passed passed ->
                new Detail(item.title(), List.of(), passed.note().isEmpty() ? null : passed.note());
            case Outcome.Found found -> new Detail(item.title(), found.findings(), null);
            case Outcome.CouldNotRun skipped -> new Detail(item.title(), List.of(), skipped.reason());
        };
    }
}
