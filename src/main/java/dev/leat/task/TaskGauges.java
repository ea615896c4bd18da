package dev.leat.task;

import dev.leat.sync.SyncStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what there is to measure of all tasks: every second, so one query, and no definition is parsed for it. */
@Component
class TaskGauges {

    private static final String SELECT = "SELECT t.id, t.name, t.state, t.phase, t.slot, " + StoredSlot.COLUMNS
            + " FROM task t LEFT JOIN task_slot s ON s.task_id = t.id WHERE t.state <> 'RELEASED'";

    private final LiveRuns runs;
    private final JdbcClient jdbc;

    TaskGauges(LiveRuns runs, JdbcClient jdbc) {
        this.runs = runs;
        this.jdbc = jdbc;
    }

    /** Those of the tasks that are not released. */
    List<TaskGauge> list() {
        return jdbc.sql(SELECT).query((row, number) -> gauge(row)).list();
    }

    private TaskGauge gauge(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Optional<SyncStatus> status = runs.of(id).map(LiveRuns.LiveRun::status);
        SlotView seen = StoredSlot.read(row, row.getString("slot"));
        return new TaskGauge(
                id,
                row.getString("name"),
                row.getString("state"),
                row.getString("phase"),
                status.flatMap(SyncStatus::delaySeconds).orElse(null),
                lag(status),
                status.flatMap(SyncStatus::slot).map(SlotView::of).orElse(seen));
    }

    private static @Nullable Long lag(Optional<SyncStatus> status) {
        long lag = status.map(s -> s.lagBytes().orElse(-1)).orElse(-1L);
        return lag < 0 ? null : lag;
    }
}
