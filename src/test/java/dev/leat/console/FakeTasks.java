package dev.leat.console;

import dev.leat.alert.TaskAlert;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Violation;
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
import java.util.stream.IntStream;

/** Tasks in memory; actions change the state at once and are noted. Drafts are never complete. */
final class FakeTasks implements ConsoleTasks {

    private static final long SAMPLE_SECONDS = 10;
    private static final int SAMPLES = 85;
    private static final int GAP_FROM = 30;
    private static final int GAP_TO = 38;

    static final UUID COPY = UUID.randomUUID();

    /** How often the list was read. */
    int lists;

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
        lists++;
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
        return IntStream.range(0, SAMPLES)
                .filter(i -> i < GAP_FROM || i > GAP_TO)
                .mapToObj(i -> sample(from.plusSeconds(i * SAMPLE_SECONDS), i))
                .toList();
    }

    /** Up and down, so that a line looks like one. */
    private static Sample sample(Instant at, int i) {
        double wave = 1 + Math.sin(i / 7.0) / 4 + Math.sin(i * 1.7) / 20;
        return new Sample(at, 0.004 * wave, (long) (5e6 * wave), (long) (900 * wave), 40_000 * wave, 12e6 * wave);
    }

    @Override
    public long sampleSeconds(Instant from) {
        return SAMPLE_SECONDS;
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
    public void restart(UUID id, String actor) {
        act("restart", id, actor, "RUNNING");
    }

    @Override
    public void release(UUID id, String actor) {
        act("release", id, actor, "RELEASED");
    }

    @Override
    public UUID copy(UUID id, String actor) {
        asked.add("clone %s by %s".formatted(get(id).name(), actor));
        return COPY;
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
                t.slot(),
                t.labels());
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
                t.slot(),
                t.labels());
    }
}
