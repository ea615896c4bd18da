package dev.leat.console;

import dev.leat.alert.TaskAlert;
import dev.leat.task.EventView;
import dev.leat.task.Sample;
import dev.leat.task.TableView;
import dev.leat.task.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the pages ask of tasks; every method that takes an id throws {@link dev.leat.task.TaskNotFound}. */
interface ConsoleTasks {

    List<TaskView> list();

    TaskView get(UUID id);

    /**
     * The task's tables in the order of their names.
     *
     * @param state name of a table state, empty for all
     * @param query part of {@code schema.table}, empty for all
     */
    List<TableView> tables(UUID id, String state, String query, int limit);

    /** The newest events first. */
    List<EventView> events(UUID id, int limit);

    /** The open alerts of all tasks, newest first. */
    List<TaskAlert> alerts();

    /** The open alerts of a task, newest first. */
    List<TaskAlert> alerts(UUID id);

    /** How the task did from a time on, oldest first; the older the time, the fewer they are. */
    List<Sample> samples(UUID id, Instant from);

    /** Seconds between two samples that reach back to a time. */
    long sampleSeconds(Instant from);

    /** @throws dev.leat.task.NotInThisState as do the others, when the state forbids it */
    void start(UUID id, String actor);

    void pause(UUID id, String actor);

    void resume(UUID id, String actor);

    /** Copies all tables again, then follows the log. */
    void restart(UUID id, String actor);

    void release(UUID id, String actor);

    /** Makes a draft that does the same; answers its id. */
    UUID copy(UUID id, String actor);
}
