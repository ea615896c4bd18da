package dev.leat.task;

import dev.leat.settings.AtWalBudget;
import dev.leat.sync.SlotHealth;
import dev.leat.sync.WalTrend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is known of the tasks' slots, and when it is told. The worker looks at them; this remembers. */
@Service
public class TaskSlots {

    /** Below this part of a share it counts as no longer exceeded, so that a slot around it is not told of for ever. */
    private static final double RELIEF = 0.9;

    private final JdbcClient jdbc;
    private final TaskEvents events;

    TaskSlots(JdbcClient jdbc, TaskEvents events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** What was known before a look. */
    private record Known(boolean lost, int alertedPercent) {}

    /**
     * Tasks that have something at their source and whose slots nobody has looked at for a while; the caller is the one
     * to look.
     */
    public List<UUID> toLookAt(Duration unseen, int limit) {
        return jdbc.sql("""
                        INSERT INTO task_slot (task_id, looked_at)
                        SELECT t.id, now() FROM task t LEFT JOIN task_slot s ON s.task_id = t.id
                        WHERE NOT t.cleaned_up AND t.state IN ('RUNNING', 'RETRYING', 'PAUSED', 'FAILED')
                          AND (s.task_id IS NULL OR s.looked_at < now() - :unseen * interval '1 ms')
                        ORDER BY s.looked_at NULLS FIRST LIMIT :limit
                        ON CONFLICT (task_id) DO UPDATE SET looked_at = excluded.looked_at
                        WHERE task_slot.looked_at < now() - :unseen * interval '1 ms'
                        RETURNING task_id
                        """)
                .param("unseen", unseen.toMillis())
                .param("limit", limit)
                .query((row, number) -> UUID.fromString(row.getString(1)))
                .list();
    }

    /** What the last look made of a slot's WAL. */
    public Optional<WalTrend> trend(UUID task) {
        return jdbc.sql("""
                        SELECT seen_at, held_bytes, growth FROM task_slot WHERE task_id = :task AND seen_at IS NOT NULL
                        """).param("task", task).query(TaskSlots::trend).optional();
    }

    private static WalTrend trend(ResultSet row, int number) throws SQLException {
        return new WalTrend(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2), row.getDouble(3));
    }

    /**
     * Remembers what a look has found, and tells of a share of the limit that was not exceeded before.
     *
     * @return that share in percent, such as 100; 0 when nothing was told
     */
    @Transactional
    public int seen(UUID task, SlotHealth health, AtWalBudget policy) {
        Known known = known(task);
        int level = health.lost() ? 0 : WalAlert.level(health.percent());
        boolean crossed = level > known.alertedPercent();
        if (crossed) {
            WalAlert alert = new WalAlert(health, policy);
            events.add(task, level == 100 ? "ERROR" : "WARN", "WAL_HELD", alert.message(), alert.remedy());
        }
        if (health.lost() && !known.lost()) {
            tellLoss(task, health.slot(), "the source has removed WAL that it needs");
        }
        boolean relieved = health.percent() < known.alertedPercent() * RELIEF;
        store(task, health, crossed || relieved ? level : known.alertedPercent());
        return crossed ? level : 0;
    }

    /** There is no such slot any more. */
    @Transactional
    public void missing(UUID task, String slot) {
        int told = jdbc.sql("UPDATE task_slot SET lost = true, held_bytes = 0, growth = 0, seen_at = now()"
                        + " WHERE task_id = :task AND seen_at IS NOT NULL AND NOT lost")
                .param("task", task)
                .update();
        if (told == 1) {
            tellLoss(task, slot, "it does not exist any more");
        }
    }

    private void tellLoss(UUID task, String slot, String what) {
        events.add(
                task,
                "ERROR",
                "SLOT_LOST",
                "Replication slot " + slot + ": " + what + ".",
                "Restart the task, which copies all tables again; one without the FULL phase needs it first.");
    }

    private Known known(UUID task) {
        return jdbc.sql("SELECT lost, alerted_percent FROM task_slot WHERE task_id = :task FOR UPDATE")
                .param("task", task)
                .query((row, number) -> new Known(row.getBoolean(1), row.getInt(2)))
                .optional()
                .orElseGet(() -> firstSeen(task));
    }

    private Known firstSeen(UUID task) {
        jdbc.sql("INSERT INTO task_slot (task_id, looked_at) VALUES (:task, now()) ON CONFLICT DO NOTHING")
                .param("task", task)
                .update();
        return new Known(false, 0);
    }

    private void store(UUID task, SlotHealth health, int alertedPercent) {
        jdbc.sql("""
                        UPDATE task_slot SET looked_at = now(), seen_at = :seen, lost = :lost, failover = :failover,
                          restart_lsn = :restart::pg_lsn, confirmed_lsn = :confirmed::pg_lsn, held_bytes = :held,
                          growth = :growth, limit_bytes = :limit, limit_setting = :setting, alerted_percent = :alerted
                        WHERE task_id = :task
                        """)
                .param("task", task)
                .param("seen", OffsetDateTime.ofInstant(health.trend().at(), ZoneOffset.UTC))
                .param("lost", health.lost())
                .param("failover", health.failover())
                .param("restart", health.restartLsn().toString())
                .param("confirmed", health.confirmedLsn().toString())
                .param("held", health.trend().heldBytes())
                .param("growth", health.trend().growthBytesPerSecond())
                .param("limit", health.limit().bytes())
                .param("setting", health.limit().setting())
                .param("alerted", alertedPercent)
                .update();
    }
}
