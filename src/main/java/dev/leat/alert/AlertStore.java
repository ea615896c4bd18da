package dev.leat.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Alerts as rows; the database sees to it that a task has one open alert of a rule at most, however many nodes look. */
@Component
class AlertStore {

    private static final String SELECT = """
            SELECT a.id, a.task_id, t.name, a.rule, a.message, a.remedy, a.opened_at, a.closed_at
            FROM task_alert a JOIN task t ON t.id = a.task_id
            """;

    private final JdbcClient jdbc;

    AlertStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Opens an alert. Answers whether there was none. */
    boolean open(UUID task, AlertRule rule, Verdict.Holds found, Instant now) {
        return jdbc.sql("""
                        INSERT INTO task_alert (task_id, rule, message, remedy, opened_at)
                        VALUES (:task, :rule, :message, :remedy, :now)
                        ON CONFLICT (task_id, rule) WHERE closed_at IS NULL DO NOTHING
                        """)
                        .param("task", task)
                        .param("rule", rule.name())
                        .param("message", found.message())
                        .param("remedy", found.remedy())
                        .param("now", time(now))
                        .update()
                == 1;
    }

    /** Closes an alert. Answers whether it was open. */
    boolean close(long id, Instant now) {
        return jdbc.sql("UPDATE task_alert SET closed_at = :now WHERE id = :id AND closed_at IS NULL")
                        .param("now", time(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** All open alerts, newest first. */
    List<TaskAlert> open() {
        return jdbc.sql(SELECT + "WHERE a.closed_at IS NULL ORDER BY a.id DESC")
                .query((row, number) -> alert(row))
                .list();
    }

    /** Open alerts of a task, newest first. */
    List<TaskAlert> open(UUID task) {
        return jdbc.sql(SELECT + "WHERE a.closed_at IS NULL AND a.task_id = :task ORDER BY a.id DESC")
                .param("task", task)
                .query((row, number) -> alert(row))
                .list();
    }

    /** Open ones first, then the newest; those after another one, when it is named. */
    List<TaskAlert> list(AlertQuery query) {
        boolean afterClosed = query.after().filter(AlertQuery.Place::closed).isPresent();
        return jdbc.sql(SELECT + """
                        WHERE (cast(:task AS uuid) IS NULL OR a.task_id = :task)
                          AND (NOT :onlyOpen OR a.closed_at IS NULL)
                          AND ((a.closed_at IS NOT NULL) > :closed
                               OR (a.closed_at IS NOT NULL) = :closed AND a.id < :before)
                        ORDER BY a.closed_at IS NOT NULL, a.id DESC LIMIT :limit
                        """)
                .param("task", query.task())
                .param("onlyOpen", query.onlyOpen())
                .param("closed", afterClosed)
                .param("before", query.after().map(AlertQuery.Place::id).orElse(Long.MAX_VALUE))
                .param("limit", query.limit())
                .query((row, number) -> alert(row))
                .list();
    }

    private static TaskAlert alert(ResultSet row) throws SQLException {
        AlertRule rule = AlertRule.valueOf(row.getString(4));
        return new TaskAlert(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getString(3),
                rule,
                rule.severity(),
                row.getString(5),
                row.getString(6),
                instant(row, 7).orElseThrow(),
                instant(row, 8).orElse(null));
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
