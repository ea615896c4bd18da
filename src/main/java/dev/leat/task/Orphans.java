package dev.leat.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The door to what tasks have left at their sources: remembered until it is dropped, or somebody says to forget it. */
@Service
public class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    /** One whose slot or publication a task uses is none, unless that task has its position in another cluster. */
    private static final String SELECT = """
            SELECT o.id, o.connection, o.database, o.slot, o.publication, o.system_identifier, o.task_id, o.task_name,
                   o.reason, o.since, o.next_try
            FROM orphan o WHERE NOT EXISTS (
              SELECT FROM task t LEFT JOIN task_checkpoint c ON c.task_id = t.id
              WHERE t.state <> 'RELEASED' AND (t.slot = o.slot OR t.publication = o.publication)
                AND coalesce(c.system_identifier = o.system_identifier, true))
            """;

    private final JdbcClient jdbc;

    Orphans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All, the oldest first. */
    public List<Orphan> list() {
        return jdbc.sql(SELECT + " ORDER BY o.id").query(Orphans::read).list();
    }

    /** Those that a connection leads to. */
    public List<Orphan> at(String connection) {
        return list().stream()
                .filter(orphan -> orphan.connection().equals(connection))
                .toList();
    }

    /** One of them; empty when it is dropped or forgotten. */
    public Optional<Orphan> find(long id) {
        return jdbc.sql(SELECT + " AND o.id = :id")
                .param("id", id)
                .query(Orphans::read)
                .optional();
    }

    /** What a released task could not drop; it is tried again by itself. */
    public void left(TaskRuns.Claim claim, String reason, Duration nextTry) {
        boolean ownSlot = claim.settings().source().slot() == null;
        boolean ownPublication = claim.settings().source().publication() == null;
        if (ownSlot || ownPublication) {
            add(
                    claim.id(),
                    claim.name(),
                    claim.settings().source().connection(),
                    claim.settings().source().database(),
                    ownSlot ? claim.slot() : null,
                    ownPublication ? claim.publication() : null,
                    reason,
                    nextTry);
        }
    }

    /** What a task that reads elsewhere from now on has left where it read before; only dropped on demand. */
    void abandoned(SyncTask task, @Nullable String database, boolean ownSlot, boolean ownPublication) {
        if (ownSlot || ownPublication) {
            add(
                    task.id,
                    task.name,
                    task.sourceConnection,
                    database,
                    ownSlot ? task.slot : null,
                    ownPublication ? task.publication : null,
                    "The task reads from elsewhere since its definition was changed.",
                    null);
            jdbc.sql("UPDATE task SET former_system_identifier = NULL WHERE id = :task")
                    .param("task", task.id)
                    .update();
        }
    }

    /** A released task has dropped what it had in the cluster that it stood in, by whatever connection it came there. */
    public void dropped(TaskRuns.Claim claim) {
        jdbc.sql("""
                        DELETE FROM orphan o USING task_checkpoint c
                        WHERE o.task_id = :task AND c.task_id = o.task_id AND c.system_identifier = o.system_identifier
                        """).param("task", claim.id()).update();
    }

    private void add(
            UUID task,
            String taskName,
            String connection,
            @Nullable String database,
            @Nullable String slot,
            @Nullable String publication,
            String reason,
            @Nullable Duration nextTry) {
        jdbc.sql("""
                        INSERT INTO orphan (connection, database, slot, publication, system_identifier, task_id, task_name,
                                            reason, since, next_try)
                        VALUES (:connection, :database, :slot, :publication,
                                (SELECT coalesce(c.system_identifier, t.former_system_identifier)
                                 FROM task t LEFT JOIN task_checkpoint c ON c.task_id = t.id WHERE t.id = :task),
                                :task, :name, :reason, now(), now() + :wait * interval '1 ms')
                        """)
                .param("connection", connection)
                .param("database", database)
                .param("slot", slot)
                .param("publication", publication)
                .param("task", task)
                .param("name", taskName)
                .param("reason", reason)
                .param("wait", nextTry == null ? null : nextTry.toMillis(), java.sql.Types.BIGINT)
                .update();
        LOG.atWarn()
                .addKeyValue("taskId", task)
                .addKeyValue("slot", slot)
                .log(
                        "Slot {} and publication {} are left at connection '{}': {}",
                        slot,
                        publication,
                        connection,
                        reason);
    }

    /** Asks for another try at once. */
    public boolean retry(long id) {
        return jdbc.sql("UPDATE orphan SET next_try = now() WHERE id = :id")
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Forgets one: it is dropped, or somebody says that nothing is left. */
    public boolean forget(long id) {
        return jdbc.sql("DELETE FROM orphan WHERE id = :id").param("id", id).update() > 0;
    }

    /** Those that are due; the caller is the one to try, and the next try is after a pause. */
    public List<Orphan> due(Duration pause) {
        List<Long> claimed = jdbc.sql("""
                        UPDATE orphan SET next_try = now() + :pause * interval '1 ms'
                        WHERE next_try <= now() RETURNING id
                        """)
                .param("pause", pause.toMillis())
                .query((row, number) -> row.getLong(1))
                .list();
        return claimed.stream().flatMap(id -> find(id).stream()).toList();
    }

    /** A try was in vain. */
    public void failed(long id, String reason) {
        jdbc.sql("UPDATE orphan SET reason = :reason WHERE id = :id")
                .param("reason", reason)
                .param("id", id)
                .update();
    }

    private static Orphan read(ResultSet row, int number) throws SQLException {
        return new Orphan(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getObject(7, UUID.class),
                row.getString(8),
                row.getString(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                instant(row.getObject(11, OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
