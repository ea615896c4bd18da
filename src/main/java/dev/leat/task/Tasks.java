package dev.leat.task;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to the tasks, for those who create, steer and look at them; {@link TaskChanges} is the one for those who
 * change what they do. Operations are idempotent; one that makes no
 * sense in the task's state is refused with {@link NotInThisState}.
 */
@Service
public class Tasks {

    private final SyncTasks tasks;
    private final Definitions definitions;
    private final Revisions revisions;
    private final Transitions transitions;
    private final TaskViews views;
    private final TaskEvents events;
    private final TaskPrechecks prechecks;
    private final PrecheckRuns precheckRuns;
    private final JdbcClient jdbc;
    private final Clock clock;

    Tasks(
            SyncTasks tasks,
            Definitions definitions,
            Revisions revisions,
            Transitions transitions,
            TaskViews views,
            TaskEvents events,
            TaskPrechecks prechecks,
            PrecheckRuns precheckRuns,
            JdbcClient jdbc,
            Clock clock) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.revisions = revisions;
        this.transitions = transitions;
        this.views = views;
        this.events = events;
        this.prechecks = prechecks;
        this.precheckRuns = precheckRuns;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Creates a draft.
     *
     * @throws dev.leat.settings.InvalidSettings with everything that is wrong with the settings
     */
    @Transactional
    public UUID create(TaskSettings settings, String actor) {
        SyncTask task = new SyncTask();
        task.id = UUID.randomUUID();
        String suffix = task.id.toString().substring(0, 8);
        task.name = Objects.requireNonNullElseGet(settings.checked().name(), () -> generatedName(settings, suffix));
        task.state = new TaskState.Draft().label();
        task.createdAt = clock.instant();
        task.createdBy = actor;
        definitions.describe(task, settings);
        tasks.saveAndFlush(task);
        revisions.keep(task, actor);
        events.add(task.id, "INFO", "CREATED", "Created by " + actor, null);
        return task.id;
    }

    /** Makes a draft that does what another task does; of slot and publication it gets its own. */
    @Transactional
    public UUID copy(UUID id, String actor) {
        SyncTask task = task(id);
        return create(definitions.readWhole(task).copy(task.name + " (copy)"), actor);
    }

    /** All tasks, newest first. */
    @Transactional(readOnly = true)
    public List<TaskView> list() {
        return views.views(tasks.findAllByOrderByCreatedAtDesc());
    }

    /** Some tasks, newest first. */
    @Transactional(readOnly = true)
    public List<TaskView> list(TaskSearch search) {
        return views.views(tasks.find(
                search.state(), search.text(), search.before(), search.beforeId(), Limit.of(search.limit())));
    }

    /** One task. */
    @Transactional(readOnly = true)
    public TaskView get(UUID id) {
        return views.view(task(id));
    }

    /** A task's definition. */
    @Transactional(readOnly = true)
    public TaskSettings settings(UUID id) {
        return definitions.read(task(id).definition);
    }

    /** Tables of a task by name: those in a state (or in any, when empty) whose names contain a text. */
    @Transactional(readOnly = true)
    public List<TableView> tables(UUID id, String state, String text, int limit) {
        return tables(id, new TableSearch(state, text, "", "", limit));
    }

    /** Tables of a task by name. */
    @Transactional(readOnly = true)
    public List<TableView> tables(UUID id, TableSearch search) {
        task(id);
        return views.tables(id, search);
    }

    /** The newest events of a task, newest first. */
    @Transactional(readOnly = true)
    public List<EventView> events(UUID id, int limit) {
        return events(id, Long.MAX_VALUE, limit);
    }

    /** The newest events of a task whose numbers are below one, newest first. */
    @Transactional(readOnly = true)
    public List<EventView> events(UUID id, long before, int limit) {
        task(id);
        return events.newest(id, before, limit);
    }

    /** The items of the last precheck; of one that goes on, those that are not done wait. */
    @Transactional(readOnly = true)
    public List<PrecheckView> prechecked(UUID id) {
        task(id);
        return prechecks.list(id);
    }

    /**
     * Ignores alerts of the last precheck of a task that was not started; when nothing else stands in the way, it is
     * ready.
     *
     * @throws InvalidSettings when one of the items is no alert, or there are none
     */
    public TaskState ignore(UUID id, Collection<String> items, String actor) {
        return transitions.apply(id, actor, state -> {
            TaskState next = ignoring(id, state);
            requireAlerts(id, items);
            prechecks.ignore(id, items, actor);
            events.add(id, "INFO", "ALERTS_IGNORED", String.join(", ", items) + " ignored by " + actor, null);
            return next instanceof TaskState.PrecheckFailed failed && precheckRuns.clear(id) ? failed.toReady() : next;
        });
    }

    private TaskState ignoring(UUID id, TaskState present) {
        return switch (present) {
            case TaskState.Draft _, TaskState.Prechecking _, TaskState.PrecheckFailed _, TaskState.Ready _ -> present;
            case TaskState.Running _,
                    TaskState.Retrying _,
                    TaskState.Paused _,
                    TaskState.Failed _,
                    TaskState.Finished _,
                    TaskState.Released _ -> throw refused("ignore alerts of", id, present);
        };
    }

    private void requireAlerts(UUID id, Collection<String> items) {
        List<String> alerts = prechecks.list(id).stream()
                .filter(item -> item.outcome().equals("ALERT"))
                .map(PrecheckView::item)
                .toList();
        requireAmong(alerts, items, "The task's last precheck has no alert ", "Name alerts that it has.");
        if (items.isEmpty()) {
            throw new InvalidSettings(
                    List.of(new Violation("item", "No alert is named.", "Name those to be ignored.")));
        }
    }

    private static void requireAmong(List<String> known, Collection<String> items, String message, String remedy) {
        List<Violation> unknown = items.stream()
                .filter(item -> !known.contains(item))
                .map(item -> new Violation("item", message + item + ".", remedy))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidSettings(unknown);
        }
    }

    /** The items of one precheck; empty when there was none of that number, or it is forgotten. */
    @Transactional(readOnly = true)
    public List<PrecheckView> prechecked(UUID id, int run) {
        task(id);
        return prechecks.list(id, run);
    }

    /** The prechecks that are kept, newest first. */
    @Transactional(readOnly = true)
    public List<PrecheckRunView> precheckRuns(UUID id) {
        task(id);
        return precheckRuns.list(id);
    }

    /** Asks for a precheck. */
    public TaskState precheck(UUID id, String actor) {
        return prechecking(id, "precheck", false, List.of(), actor);
    }

    /**
     * Asks for some items of the precheck to be looked at again, while the others stay as they were found; after a change
     * of the definition all are.
     *
     * @throws InvalidSettings when an item was not looked at before
     */
    public TaskState precheck(UUID id, Collection<String> items, String actor) {
        task(id);
        List<String> known = prechecks.list(id).stream().map(PrecheckView::item).toList();
        requireAmong(known, items, "The task's last precheck has no item ", "Run the whole precheck.");
        return prechecking(id, "precheck", false, items, actor);
    }

    /** Starts a task; one that was not prechecked yet is, and starts when nothing stands in the way. */
    public TaskState start(UUID id, String actor) {
        return prechecking(id, "start", true, List.of(), actor);
    }

    private TaskState prechecking(UUID id, String operation, boolean start, Collection<String> items, String actor) {
        requireSound(id);
        return transitions.apply(id, actor, state -> {
            TaskState next = prechecking(id, operation, start, state);
            if (next instanceof TaskState.Prechecking && !(state instanceof TaskState.Prechecking)) {
                // a definition that was changed has to be looked at as a whole
                precheckRuns.begin(id, state instanceof TaskState.Draft ? List.of() : items, actor);
            }
            return next;
        });
    }

    private TaskState prechecking(UUID id, String operation, boolean start, TaskState present) {
        return switch (present) {
            case TaskState.Draft draft -> draft.toPrechecking(start);
            case TaskState.PrecheckFailed failed -> failed.toPrechecking(start);
            case TaskState.Ready ready -> start ? ready.toRunning() : ready.toPrechecking(false);
            case TaskState.Prechecking prechecking -> prechecking;
            case TaskState.Running running when start -> running;
            case TaskState.Retrying retrying when start -> retrying;
            case TaskState.Running _,
                    TaskState.Retrying _,
                    TaskState.Paused _,
                    TaskState.Failed _,
                    TaskState.Finished _,
                    TaskState.Released _ -> throw refused(operation, id, present);
        };
    }

    /** Pauses: what was read is delivered and saved, then the task lets go of both ends. */
    public TaskState pause(UUID id, String actor) {
        return transitions.apply(id, actor, state -> switch (state) {
            case TaskState.Running running -> running.toPaused();
            case TaskState.Retrying retrying -> retrying.toPaused();
            case TaskState.Paused paused -> paused;
            case TaskState.Draft _,
                    TaskState.Prechecking _,
                    TaskState.PrecheckFailed _,
                    TaskState.Ready _,
                    TaskState.Failed _,
                    TaskState.Finished _,
                    TaskState.Released _ -> throw refused("pause", id, state);
        });
    }

    /** Goes on from the checkpoint. */
    public TaskState resume(UUID id, String actor) {
        return transitions.apply(id, actor, state -> switch (state) {
            case TaskState.Paused paused -> paused.toRunning();
            case TaskState.Failed failed -> failed.toRunning();
            case TaskState.Running running -> running;
            case TaskState.Retrying retrying -> retrying;
            case TaskState.Draft _,
                    TaskState.Prechecking _,
                    TaskState.PrecheckFailed _,
                    TaskState.Ready _,
                    TaskState.Finished _,
                    TaskState.Released _ -> throw refused("resume", id, state);
        });
    }

    /**
     * Copies all tables again and follows the log from there. What was delivered stays in the topics; rows that were
     * deleted while nobody followed the log stay there too.
     *
     * @throws InvalidSettings when the task follows the log without copying, so that a restart would leave changes out
     */
    @Transactional
    public TaskState restart(UUID id, String actor) {
        TaskState state = transitions.apply(id, actor, present -> {
            TaskState next = restarted(id, present);
            requireCopies(id);
            return next;
        });
        // a run that is still draining must not save its progress over the fresh start
        jdbc.sql("UPDATE task SET generation = generation + 1, phase = NULL, former_system_identifier ="
                        + " coalesce((SELECT system_identifier FROM task_checkpoint WHERE task_id = :id),"
                        + " former_system_identifier) WHERE id = :id")
                .param("id", id)
                .update();
        jdbc.sql("DELETE FROM task_checkpoint WHERE task_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("DELETE FROM task_table WHERE task_id = :id").param("id", id).update();
        return state;
    }

    private TaskState restarted(UUID id, TaskState present) {
        return switch (present) {
            case TaskState.Paused paused -> paused.toRunning();
            case TaskState.Failed failed -> failed.toRunning();
            case TaskState.Finished finished -> finished.toRunning();
            case TaskState.Draft _,
                    TaskState.Prechecking _,
                    TaskState.PrecheckFailed _,
                    TaskState.Ready _,
                    TaskState.Running _,
                    TaskState.Retrying _,
                    TaskState.Released _ -> throw refused("restart", id, present);
        };
    }

    /** Without a copy nothing would make up for the changes between the old position and the new. */
    private void requireCopies(UUID id) {
        TaskSettings settings = definitions.read(task(id).definition);
        if (settings.has(Phase.INCREMENTAL) && !settings.has(Phase.FULL)) {
            throw new InvalidSettings(List.of(new Violation(
                    "phases",
                    "The task has no FULL phase: a restart would leave out every change since its position.",
                    "Add FULL to its phases and restart it, which copies all tables; or clone the task and release"
                            + " this one: the clone begins at the log's present end, without the changes before.")));
        }
    }

    /** Releases for good: slot and publication are dropped at the source, the history is kept. */
    public TaskState release(UUID id, String actor) {
        return transitions.apply(id, actor, TaskState::toReleased);
    }

    /** A draft may hold what cannot be; a task beyond it was checked. */
    private void requireSound(UUID id) {
        SyncTask task = task(id);
        if (task.state() instanceof TaskState.Draft) {
            definitions.readWhole(task).checked();
        }
    }

    private NotInThisState refused(String operation, UUID id, TaskState state) {
        return new NotInThisState(operation, task(id).name, state);
    }

    private SyncTask task(UUID id) {
        return tasks.findById(id).orElseThrow(() -> new TaskNotFound(id));
    }

    private static String generatedName(TaskSettings settings, String suffix) {
        String database = settings.source().database();
        String source = database == null ? settings.source().connection() : database;
        return (source + "-to-kafka-" + suffix).toLowerCase(Locale.ROOT);
    }
}
