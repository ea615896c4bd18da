package dev.leat.task;

import dev.leat.change.TableId;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskSettings;
import dev.leat.sync.SyncStatus;
import dev.leat.sync.TableProgress;
import dev.leat.task.LiveRuns.LiveRun;
import dev.leat.task.TaskView.CheckpointView;
import dev.leat.task.TaskView.PhaseProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Puts together what is stored of a task and what its run says of itself. */
@Component
class TaskViews {

    private final Definitions definitions;
    private final LiveRuns runs;
    private final JdbcClient jdbc;

    TaskViews(Definitions definitions, LiveRuns runs, JdbcClient jdbc) {
        this.definitions = definitions;
        this.runs = runs;
        this.jdbc = jdbc;
    }

    TaskView view(SyncTask task) {
        return views(List.of(task)).getFirst();
    }

    /** However many tasks there are, what is stored beside them is asked for twice only. */
    List<TaskView> views(List<SyncTask> tasks) {
        List<UUID> ids = tasks.stream().map(task -> task.id).toList();
        Map<UUID, Sums> sums =
                stored(ids.stream().filter(id -> runs.of(id).isEmpty()).toList());
        Map<UUID, Stored> beside = beside(ids);
        return tasks.stream()
                .map(task ->
                        view(task, sums.getOrDefault(task.id, Sums.NONE), beside.getOrDefault(task.id, Stored.NOTHING)))
                .toList();
    }

    private TaskView view(SyncTask task, Sums copied, Stored beside) {
        TaskSettings settings = settings(task);
        Optional<LiveRun> live = runs.of(task.id);
        Optional<SyncStatus> status = live.map(LiveRun::status);
        SlotView slot = status.flatMap(SyncStatus::slot).map(SlotView::of).orElse(beside.slot());
        return new TaskView(
                task.id,
                task.name,
                task.state,
                task.phase,
                task.sourceConnection,
                settings.source().database(),
                task.destinationConnection,
                settings.format().kind().name(),
                status.flatMap(SyncStatus::delaySeconds).orElse(null),
                known(status, s -> s.lagBytes().orElse(-1)),
                slot == null ? null : slot.walHeldBytes(),
                live.map(LiveRun::rowsPerSecond).orElse(0.0),
                live.map(LiveRun::bytesPerSecond).orElse(0.0),
                progress(task, settings, status, copied),
                failure(task),
                beside.checkpoint(),
                task.createdAt,
                task.revision,
                slot,
                new TaskView.Labels(settings.environment(), settings.scene(), settings.resourceGroup()));
    }

    /** One task whose definition cannot be read must not hide the others; it cannot run, and says why. */
    private TaskSettings settings(SyncTask task) {
        try {
            return definitions.read(task.definition);
        } catch (JacksonException e) {
            return TaskSettings.of(
                    task.name, task.sourceConnection, task.destinationConnection, new ObjectSelection(null, null));
        }
    }

    /** Tables from the metadata database, with the live numbers over them. */
    List<TableView> tables(UUID task, TableSearch search) {
        Map<TableId, TableProgress> live =
                runs.of(task).map(run -> run.status().tables()).orElse(Map.of());
        return jdbc.sql("""
                        SELECT schema_name, table_name, topic, state, rows, estimated_rows, chunks_done, chunks,
                               as_of::text, reason, remedy
                        FROM task_table
                        WHERE task_id = :task AND (:state = '' OR state = :state)
                          AND position(lower(:text) IN lower(schema_name || '.' || table_name)) > 0
              AND (schema_name, table_name) > (:afterSchema, :afterTable)
                        ORDER BY schema_name, table_name LIMIT :limit
                        """)
                .param("task", task)
                .param("state", search.state())
                .param("text", search.text())
                .param("afterSchema", search.afterSchema())
                .param("afterTable", search.afterTable())
                .param("limit", search.limit())
                .query((row, number) -> table(row, live))
                .list();
    }

    private static TableView table(ResultSet row, Map<TableId, TableProgress> live) throws SQLException {
        TableProgress now = live.get(new TableId(row.getString(1), row.getString(2)));
        String state = now == null ? row.getString(4) : now.state().name();
        long rows = now == null ? row.getLong(5) : now.rows();
        long estimated = now == null ? row.getLong(6) : now.estimatedRows();
        return new TableView(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                state,
                rows,
                estimated,
                percent(state, rows, estimated),
                now == null ? row.getInt(7) : now.chunksDone(),
                now == null ? row.getInt(8) : now.chunks(),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }

    private static double percent(String state, long rows, long estimated) {
        if (state.equals("COPIED") || state.equals("FOLLOWING")) {
            return 100;
        }
        // an estimate may be too low, and a table that is being copied is not done yet
        return estimated == 0 ? 0 : Math.min(99, rows * 100.0 / estimated);
    }

    private static List<PhaseProgress> progress(
            SyncTask task, TaskSettings settings, Optional<SyncStatus> status, Sums stored) {
        Sums sums = status.map(s -> Sums.of(s.tables().values())).orElse(stored);
        List<PhaseProgress> progress = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            if (settings.has(phase)) {
                progress.add(progress(phase, stateOf(phase, task), sums, status));
            }
        }
        return progress;
    }

    private static String stateOf(Phase phase, SyncTask task) {
        if (task.phase == null || phase.ordinal() > task.phase.ordinal()) {
            return "WAITING";
        }
        return phase == task.phase && !task.state.equals("FINISHED") ? "RUNNING" : "DONE";
    }

    private static PhaseProgress progress(Phase phase, String state, Sums sums, Optional<SyncStatus> status) {
        long bytes = status.map(s -> s.bytes(phase)).orElse(0L);
        return switch (phase) {
            case SCHEMA -> {
                long done = state.equals("WAITING") ? 0 : sums.tables;
                yield new PhaseProgress(phase, state, done, sums.tables, done == 0 ? 0.0 : 100.0, 0, 0);
            }
            case FULL ->
                new PhaseProgress(phase, state, sums.copied, sums.tables, sums.percent(state), sums.rows, bytes);
            case INCREMENTAL -> {
                long changes = status.map(s -> s.rows(phase)).orElse(0L);
                yield new PhaseProgress(phase, state, changes, 0, null, changes, bytes);
            }
        };
    }

    private Map<UUID, Sums> stored(List<UUID> tasks) {
        Map<UUID, Sums> sums = new HashMap<>();
        jdbc.sql("""
                        SELECT task_id, count(*), count(*) FILTER (WHERE state IN ('COPIED', 'FOLLOWING')),
                               coalesce(sum(rows), 0), coalesce(sum(greatest(rows, estimated_rows)), 0)
                        FROM task_table WHERE task_id = ANY (cast(:tasks AS uuid[])) GROUP BY task_id
                        """).param("tasks", array(tasks)).query(row -> {
            sums.put(
                    row.getObject(1, UUID.class),
                    new Sums(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
        });
        return sums;
    }

    /** What is stored of a task beside its own row; null where it is not that far. */
    private record Stored(
            @Nullable CheckpointView checkpoint, @Nullable SlotView slot) {

        static final Stored NOTHING = new Stored(null, null);
    }

    private Map<UUID, Stored> beside(List<UUID> tasks) {
        Map<UUID, Stored> beside = new HashMap<>();
        jdbc.sql("SELECT t.id, t.slot, c.commit_lsn::text, c.change_index, c.saved_at, " + StoredSlot.COLUMNS + """
                         FROM task t LEFT JOIN task_checkpoint c ON c.task_id = t.id
                        LEFT JOIN task_slot s ON s.task_id = t.id WHERE t.id = ANY (cast(:tasks AS uuid[]))
                        """)
                .param("tasks", array(tasks))
                .query(row -> {
                    beside.put(
                            row.getObject("id", UUID.class),
                            new Stored(checkpoint(row), StoredSlot.read(row, row.getString("slot"))));
                });
        return beside;
    }

    private static @Nullable CheckpointView checkpoint(ResultSet row) throws SQLException {
        OffsetDateTime saved = row.getObject("saved_at", OffsetDateTime.class);
        return saved == null
                ? null
                : new CheckpointView(row.getString("commit_lsn"), row.getInt("change_index"), saved.toInstant());
    }

    private static String array(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static TaskView.@Nullable Failure failure(SyncTask task) {
        if (task.failureKind == null
                || task.failureMessage == null
                || task.failureRemedy == null
                || task.failingSince == null) {
            return null;
        }
        return new TaskView.Failure(
                task.failureKind,
                task.failureMessage,
                task.failureRemedy,
                task.failingSince,
                task.nextAttempt,
                task.windowEnds);
    }

    private static @Nullable Long known(Optional<SyncStatus> status, ToLongFunction<SyncStatus> value) {
        OptionalLong found =
                status.stream().mapToLong(value).filter(v -> v >= 0).findFirst();
        return found.isPresent() ? found.getAsLong() : null;
    }

    /** The tables of a task added up. */
    private record Sums(long tables, long copied, long rows, long estimated) {

        static final Sums NONE = new Sums(0, 0, 0, 0);

        static Sums of(Iterable<TableProgress> progress) {
            long tables = 0;
            long copied = 0;
            long rows = 0;
            long estimated = 0;
            for (TableProgress table : progress) {
                tables++;
                copied += table.copied() ? 1 : 0;
                rows += table.rows();
                estimated += Math.max(table.rows(), table.estimatedRows());
            }
            return new Sums(tables, copied, rows, estimated);
        }

        double percent(String state) {
            if (state.equals("DONE")) {
                return 100;
            }
            return estimated == 0 ? 0 : Math.min(99, rows * 100.0 / estimated);
        }
    }
}
