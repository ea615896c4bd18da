package dev.leat.task;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.sync.Checkpoint;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.KnownShape;
import dev.leat.sync.TableProgress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Checkpoints in the metadata database. Each write first takes the task's row, and only while the generation holds. */
final class JdbcCheckpoints implements Checkpoints {

    private final UUID task;
    private final long generation;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcCheckpoints(UUID task, long generation, JdbcTemplate template, TransactionTemplate transaction) {
        this.task = task;
        this.generation = generation;
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.transaction = transaction;
    }

    @Override
    public Optional<Checkpoint> load() {
        return guarded(() -> jdbc.sql("""
                        SELECT slot, system_identifier, commit_lsn::text, change_index, confirmable_lsn::text, timeline
                        FROM task_checkpoint WHERE task_id = :task
                        """)
                .param("task", task)
                .query((row, number) -> new Checkpoint(
                        row.getString(1),
                        row.getString(2),
                        Lsn.parse(row.getString(3)),
                        row.getInt(4),
                        Lsn.parse(row.getString(5)),
                        row.getInt(6)))
                .optional());
    }

    @Override
    public void save(Checkpoint checkpoint) {
        fenced(() -> jdbc.sql("""
                        INSERT INTO task_checkpoint
                          (task_id, slot, system_identifier, commit_lsn, change_index, confirmable_lsn, timeline, saved_at)
                        VALUES (:task, :slot, :system, :commit::pg_lsn, :index, :confirmable::pg_lsn, :timeline, now())
                        ON CONFLICT (task_id) DO UPDATE SET
                          slot = excluded.slot, system_identifier = excluded.system_identifier,
                          commit_lsn = excluded.commit_lsn, change_index = excluded.change_index,
                          confirmable_lsn = excluded.confirmable_lsn, timeline = excluded.timeline,
                          saved_at = excluded.saved_at
                        """)
                .param("task", task)
                .param("slot", checkpoint.slot())
                .param("system", checkpoint.systemIdentifier())
                .param("commit", checkpoint.commitLsn().toString())
                .param("index", checkpoint.index())
                .param("confirmable", checkpoint.confirmable().toString())
                .param("timeline", checkpoint.timeline())
                .update());
    }

    @Override
    public List<TableProgress> tables() {
        return guarded(() -> jdbc.sql("""
                        SELECT schema_name, table_name, topic, state, as_of::text, rows, estimated_rows, chunks_done, chunks,
                               reason, remedy
                        FROM task_table WHERE task_id = :task
                        """)
                .param("task", task)
                .query((row, number) -> new TableProgress(
                        new TableId(row.getString(1), row.getString(2)),
                        row.getString(3),
                        TableProgress.State.valueOf(row.getString(4)),
                        Lsn.parse(row.getString(5)),
                        row.getLong(6),
                        row.getLong(7),
                        row.getInt(8),
                        row.getInt(9),
                        trouble(row.getString(10), row.getString(11))))
                .list());
    }

    @Override
    public void save(Collection<TableProgress> tables) {
        if (tables.isEmpty()) {
            return;
        }
        fenced(() -> template.batchUpdate("""
                INSERT INTO task_table (task_id, schema_name, table_name, topic, state, as_of, rows, estimated_rows,
                                        chunks_done, chunks, reason, remedy)
                VALUES (?, ?, ?, ?, ?, ?::pg_lsn, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (task_id, schema_name, table_name) DO UPDATE SET
                  topic = excluded.topic, state = excluded.state, as_of = excluded.as_of, rows = excluded.rows,
                  estimated_rows = excluded.estimated_rows, chunks_done = excluded.chunks_done,
                  chunks = excluded.chunks, reason = excluded.reason, remedy = excluded.remedy,
                  resync_asked = task_table.resync_asked AND excluded.state <> 'WAITING'
                """, tables, 500, (statement, table) -> {
            statement.setObject(1, task);
            statement.setString(2, table.id().schema());
            statement.setString(3, table.id().table());
            statement.setString(4, table.topic());
            statement.setString(5, table.state().name());
            statement.setString(6, table.asOf().toString());
            statement.setLong(7, table.rows());
            statement.setLong(8, table.estimatedRows());
            statement.setInt(9, table.chunksDone());
            statement.setInt(10, table.chunks());
            statement.setString(
                    11, table.trouble() == null ? null : table.trouble().reason());
            statement.setString(
                    12, table.trouble() == null ? null : table.trouble().remedy());
        }));
    }

    private static TableProgress.@Nullable Trouble trouble(@Nullable String reason, @Nullable String remedy) {
        return reason == null || remedy == null ? null : new TableProgress.Trouble(reason, remedy);
    }

    @Override
    public Set<TableId> resyncs() {
        return guarded(() -> Set.copyOf(jdbc.sql("""
                        SELECT schema_name, table_name FROM task_table WHERE task_id = :task AND resync_asked
                        """)
                .param("task", task)
                .query((row, number) -> new TableId(row.getString(1), row.getString(2)))
                .list()));
    }

    @Override
    public void forget(Collection<TableId> tables) {
        if (tables.isEmpty()) {
            return;
        }
        fenced(() -> template.batchUpdate(
                "DELETE FROM task_table WHERE task_id = ? AND schema_name = ? AND table_name = ?",
                tables,
                500,
                (statement, table) -> {
                    statement.setObject(1, task);
                    statement.setString(2, table.schema());
                    statement.setString(3, table.table());
                }));
    }

    @Override
    public List<KnownShape> shapes() {
        return guarded(() -> jdbc.sql("""
                        SELECT schema_name, table_name, shape FROM task_table WHERE task_id = :task AND shape IS NOT NULL
                        """)
                .param("task", task)
                .query((row, number) ->
                        StoredShape.read(row.getString(3)).of(new TableId(row.getString(1), row.getString(2))))
                .list());
    }

    @Override
    public void saveShapes(Collection<KnownShape> shapes) {
        if (shapes.isEmpty()) {
            return;
        }
        fenced(() -> template.batchUpdate(
                "UPDATE task_table SET shape = ? WHERE task_id = ? AND schema_name = ? AND table_name = ?",
                shapes,
                500,
                (statement, shape) -> {
                    statement.setString(1, StoredShape.of(shape).write());
                    statement.setObject(2, task);
                    statement.setString(3, shape.id().schema());
                    statement.setString(4, shape.id().table());
                }));
    }

    /** Writes if, and only if, this run still owns the task; its row is locked until the write is durable. */
    private void fenced(Supplier<Object> write) {
        guarded(() -> transaction.execute(status -> {
            int owned = jdbc.sql("SELECT generation FROM task WHERE id = :task AND generation = :generation FOR SHARE")
                    .param("task", task)
                    .param("generation", generation)
                    .query(Long.class)
                    .list()
                    .size();
            if (owned == 0) {
                throw new SyncException(
                        FailureKind.FENCED,
                        "Task " + task + ": generation " + generation + " was overtaken by another run.");
            }
            return write.get();
        }));
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            throw new SyncException(
                    FailureKind.METADATA_UNAVAILABLE,
                    "Metadata database: the progress of task " + task + " cannot be read or saved.",
                    e);
        }
    }
}
