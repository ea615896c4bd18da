package dev.leat.task;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The tasks' event log. */
@Component
class TaskEvents {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int KEPT_HOWEVER_OLD = 1_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    TaskEvents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(UUID task, String severity, String kind, String message, @Nullable String remedy) {
        jdbc.sql("""
                        INSERT INTO task_event (task_id, at, severity, kind, message, remedy)
                        VALUES (:task, :at, :severity, :kind, :message, :remedy)
                        """)
                .param("task", task)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("severity", severity)
                .param("kind", kind)
                .param("message", message)
                .param("remedy", remedy)
                .update();
    }

    void trouble(UUID task, String severity, TaskState.Trouble trouble) {
        add(task, severity, trouble.kind(), trouble.message(), trouble.remedy());
    }

    /** The newest events of a task, newest first. */
    List<EventView> newest(UUID task, long before, int limit) {
        return jdbc.sql("""
                        SELECT id, at, severity, kind, message, remedy FROM task_event
                        WHERE task_id = :task AND id < :before ORDER BY id DESC LIMIT :limit
                        """)
                .param("task", task)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> new EventView(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)))
                .list();
    }

    /** Forgets what is old, but of each task the newest. */
    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forget() {
        jdbc.sql("""
            DELETE FROM task_event e USING task t CROSS JOIN LATERAL
              (SELECT id FROM task_event n WHERE n.task_id = t.id ORDER BY id DESC OFFSET :kept LIMIT 1) k
            WHERE e.task_id = t.id AND e.id <= k.id AND e.at < :old
            """)
                .param("kept", KEPT_HOWEVER_OLD)
                .param("old", OffsetDateTime.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC))
                .update();
    }
}
