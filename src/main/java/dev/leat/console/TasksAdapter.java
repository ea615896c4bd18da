package dev.leat.console;

import dev.leat.alert.Alerts;
import dev.leat.alert.TaskAlert;
import dev.leat.task.EventView;
import dev.leat.task.Sample;
import dev.leat.task.Samples;
import dev.leat.task.TableView;
import dev.leat.task.TaskView;
import dev.leat.task.Tasks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The pages' way to the tasks' door. */
@Component
final class TasksAdapter implements ConsoleTasks {

    private final Tasks tasks;
    private final Samples samples;
    private final Alerts alerts;

    TasksAdapter(Tasks tasks, Samples samples, Alerts alerts) {
        this.tasks = tasks;
        this.samples = samples;
        this.alerts = alerts;
    }

    @Override
    public List<TaskAlert> alerts() {
        return alerts.open();
    }

    @Override
    public List<TaskAlert> alerts(UUID id) {
        return alerts.open(id);
    }

    @Override
    public List<Sample> samples(UUID id, Instant from) {
        tasks.get(id);
        return samples.since(id, from);
    }

    @Override
    public long sampleSeconds(Instant from) {
        return samples.grainSeconds(from);
    }

    @Override
    public List<TaskView> list() {
        return tasks.list();
    }

    @Override
    public TaskView get(UUID id) {
        return tasks.get(id);
    }

    @Override
    public List<TableView> tables(UUID id, String state, String query, int limit) {
        return tasks.tables(id, state, query, limit);
    }

    @Override
    public List<EventView> events(UUID id, int limit) {
        return tasks.events(id, limit);
    }

    @Override
    public void start(UUID id, String actor) {
        tasks.start(id, actor);
    }

    @Override
    public void pause(UUID id, String actor) {
        tasks.pause(id, actor);
    }

    @Override
    public void resume(UUID id, String actor) {
        tasks.resume(id, actor);
    }

    @Override
    public void restart(UUID id, String actor) {
        tasks.restart(id, actor);
    }

    @Override
    public void release(UUID id, String actor) {
        tasks.release(id, actor);
    }

    @Override
    public UUID copy(UUID id, String actor) {
        return tasks.copy(id, actor);
    }
}
