package dev.leat.task;

import dev.leat.sync.SyncStatus;
import dev.leat.task.LiveRuns.LiveRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The door to the tasks for those who watch over them. */
@Service
public class WatchedTasks {

    private static final List<String> STARTED = List.of("RUNNING", "RETRYING", "PAUSED", "FAILED");

    private final SyncTasks tasks;
    private final Definitions definitions;
    private final LiveRuns runs;
    private final TaskEvents events;
    private final JdbcClient jdbc;

    WatchedTasks(SyncTasks tasks, Definitions definitions, LiveRuns runs, TaskEvents events, JdbcClient jdbc) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.runs = runs;
        this.events = events;
        this.jdbc = jdbc;
    }

    /** All tasks that were started and are neither finished nor released. */
    @Transactional(readOnly = true)
    public List<WatchedTask> list() {
        Map<UUID, SlotView> slots = slots();
        return tasks.findAllByStateIn(STARTED).stream()
                .map(task -> watched(task, slots.get(task.id)))
                .toList();
    }

    /** One of them. */
    @Transactional(readOnly = true)
    public Optional<WatchedTask> find(UUID id) {
        return tasks.findById(id)
                .filter(task -> STARTED.contains(task.state))
                .map(task -> watched(task, slots().get(id)));
    }

    private WatchedTask watched(SyncTask task, @Nullable SlotView stored) {
        Optional<SyncStatus> status = runs.of(task.id).map(LiveRun::status);
        return new WatchedTask(
                task.id,
                task.name,
                task.state(),
                task.phase,
                task.phaseSince,
                task.failingSince,
                status.flatMap(SyncStatus::delaySeconds).orElse(null),
                status.flatMap(SyncStatus::slot).map(SlotView::of).orElse(stored),
                definitions.alerts(task));
    }

    private Map<UUID, SlotView> slots() {
        Map<UUID, SlotView> slots = new HashMap<>();
        jdbc.sql("SELECT t.id, t.slot, " + StoredSlot.COLUMNS + " FROM task t JOIN task_slot s ON s.task_id = t.id"
                        + " WHERE s.seen_at IS NOT NULL")
                .query(row -> {
                    slots.put(row.getObject("id", UUID.class), StoredSlot.read(row, row.getString("slot")));
                });
        return slots;
    }

    /** Whether a task is still in the state in which it was seen; it stays there until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean isStill(WatchedTask task) {
        return jdbc.sql("SELECT count(*) FROM (SELECT FROM task WHERE id = :id AND state = :state FOR SHARE) AS found")
                        .param("id", task.id())
                        .param("state", task.state().label())
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Writes a line into a task's event log. */
    public void tell(UUID task, String severity, String kind, String message, @Nullable String remedy) {
        events.add(task, severity, kind, message, remedy);
    }
}
