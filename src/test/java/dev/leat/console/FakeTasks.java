package dev.leat.console;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Violation;
import dev.leat.alert.TaskAlert;
import dev.leat.task.EventView;
import dev.leat.task.NotInThisState;
import dev.leat.task.Sample;
import dev.leat.task.TableView;
import dev.leat.task.TaskNotFound;
import dev.leat.task.TaskState;
import dev.leat.task.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tasks in memory; actions change the state at once and are noted. Drafts are never complete. */
final class FakeTasks implements ConsoleTasks {

    final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile List<TaskView> tasks = List.of();
    private volatile List<TableView> tables = List.of();
    private volatile List<EventView> events = List.of();
    private volatile List<TaskAlert> alerts = List.of();

    FakeTasks hold(List<TaskView> held) {
        asked.clear();
        tasks = List.copyOf(held);
        tables = Samples.tables();
        events = Samples.events();
        alerts = List.of();
        return this;
    }

    void replace(TaskView changed) {
        tasks = tasks.stream()
                .map(t -> t.id().equals(changed.id()) ? changed : t)
                .toList();
    }

    void holdTables(List<TableView> held) {
        tables = held;
    }

    void holdEvents(List<EventView> held) {
        events = held;
    }

    void holdAlerts(List<TaskAlert> held) {
        alerts = held;
    }

    @Override
    public List<TaskView> list() {
        return tasks;
    }

    @Override
    public TaskView get(UUID id) {
        Optional<TaskView> found = tasks.stream().filter(t -> t.id().equals(id)).findFirst();
        return found.orElseThrow(() -> new TaskNotFound(id));
    }

    @Override
    public List<TableView> tables(UUID id, String state, String query, int limit) {
        return tables.stream()
                .filter(t -> state.isEmpty() || t.state().equals(state))
                .filter(t -> (t.schema() + "." + t.table()).contains(query))
                .limit(limit)
                .toList();
    }

    @Override
    public List<EventView> events(UUID id, int limit) {
        return events.stream().limit(limit).toList();
    }

    @Override
    public List<TaskAlert> alerts() {
        return alerts;
    }

    @Override
    public List<TaskAlert> alerts(UUID id) {
        return alerts.stream().filter(a -> a.taskId().equals(id)).toList();
    }

    @Override
    public List<Sample> samples(UUID id, Instant from) {
        return List.of(
                new Sample(from.plusSeconds(300), 0.004, 5_000_000L, 900L, 41_000, 12_400_000),
                new Sample(from.plusSeconds(310), 1.5, 9_000_000L, 40_000L, 39_000, 11_000_000),
                new Sample(from.plusSeconds(600), 0.003, 4_000_000L, 800L, 40_500, 12_000_000));
    }

    @Override
    public long sampleSeconds(Instant from) {
        return 10;
    }

    @Override
    public void start(UUID id, String actor) {
        act("start", id, actor, "RUNNING");
    }

    @Override
    public void pause(UUID id, String actor) {
        act("pause", id, actor, "PAUSED");
    }

    @Override
    public void resume(UUID id, String actor) {
        act("resume", id, actor, "RUNNING");
    }

    @Override
    public void release(UUID id, String actor) {
        act("release", id, actor, "RELEASED");
    }

    private void act(String action, UUID id, String actor, String state) {
        TaskView task = get(id);
        if (task.state().equals(state)) {
            throw new NotInThisState(action, task.name(), new TaskState.Paused());
        }
        if (task.state().equals("DRAFT")) {
            throw new InvalidSettings(List.of(new Violation("objects", "Nothing is selected.", "Select a table.")));
        }
        asked.add("%s %s by %s".formatted(action, task.name(), actor));
        replace(in(state, task));
    }

    /** The task in another state, its failure forgotten. */
    static TaskView in(String state, TaskView t) {
        return new TaskView(
                t.id(),
                t.name(),
                state,
                t.phase(),
                t.source(),
                t.database(),
                t.destination(),
                t.format(),
                t.delaySeconds(),
                t.lagBytes(),
                t.walHeldBytes(),
                t.rowsPerSecond(),
                t.bytesPerSecond(),
                t.progress(),
                null,
                t.checkpoint(),
                t.createdAt(),
                t.version(),
                t.slot());
    }

    /** The task at another pace. */
    static TaskView at(double rowsPerSecond, TaskView t) {
        return new TaskView(
                t.id(),
                t.name(),
                t.state(),
                t.phase(),
                t.source(),
                t.database(),
                t.destination(),
                t.format(),
                t.delaySeconds(),
                t.lagBytes(),
                t.walHeldBytes(),
                rowsPerSecond,
                t.bytesPerSecond(),
                t.progress(),
                t.failure(),
                t.checkpoint(),
                t.createdAt(),
                t.version(),
                t.slot());
    }
}
