package dev.leat.task;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells of tasks that are to run and that no node takes: their state alone would say that all is well. */
@Component
class WaitingTasks {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Once each time that one waits; the time at which it was due tells one time from the next. */
    private static final String TELL = """
            INSERT INTO task_event (task_id, at, severity, kind, message, remedy)
            SELECT t.id, now(), 'WARN', 'WAITS_FOR_NODE',
                   replace(:message, '?', coalesce(t.definition::jsonb ->> 'workerGroup', 'default')), :remedy
            FROM scheduled_tasks s JOIN task t ON t.id::text = s.task_instance
            WHERE NOT s.picked AND s.execution_time < now() - :patience * interval '1 s'
              AND NOT EXISTS (SELECT FROM task_event e
                              WHERE e.task_id = t.id AND e.kind = 'WAITS_FOR_NODE' AND e.at > s.execution_time)
            """;

    private final JdbcClient jdbc;

    WaitingTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Looks for them. */
    @Scheduled(fixedDelay = 30_000, initialDelay = 30_000)
    void tell() {
        jdbc.sql(TELL)
                .param("patience", PATIENCE.toSeconds())
                .param(
                        "message",
                        "No node of worker group '?' has taken the task for a minute: each runs at most "
                                + Nodes.MOST_TASKS + " tasks.")
                .param(
                        "remedy",
                        "Start another node of the group (LEAT_WORKER_GROUP) over the same metadata database, pause"
                                + " tasks that need not run, or choose another group.")
                .update();
    }
}
