package dev.leat.task;

import dev.leat.change.TableId;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.settings.ThrottleSettings;
import dev.leat.settings.Violation;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The door for those who change what a task does, also while it runs. A run takes a change up by beginning anew from its
 * checkpoint, so that every change of the source is sent once and by one definition.
 */
@Service
public class TaskChanges {

    private final SyncTasks tasks;
    private final Definitions definitions;
    private final Revisions revisions;
    private final TaskEvents events;
    private final DefinitionTrial trial;
    private final Orphans orphans;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher publisher;

    TaskChanges(
            SyncTasks tasks,
            Definitions definitions,
            Revisions revisions,
            TaskEvents events,
            DefinitionTrial trial,
            Orphans orphans,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher publisher) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.revisions = revisions;
        this.events = events;
        this.trial = trial;
        this.orphans = orphans;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.publisher = publisher;
    }

    /**
     * Changes the definition of a task. While it runs the new one is tried on both ends first, and taken up only if
     * nothing would stop it.
     *
     * @param revision the revision that the change was made from; null when any will do
     * @return what differs, field by field
     * @throws RevisionConflict when somebody else has changed it since
     * @throws InvalidSettings with everything that keeps the task from running so
     */
    public List<String> change(UUID id, @Nullable Long revision, TaskSettings settings, String actor) {
        TaskSettings wanted = settings.checked();
        SyncTask present = task(id);
        requireFixed(present, wanted);
        boolean ran = runs(present.state());
        if (ran && concernsRun(definitions.read(present.definition), wanted)) {
            refuse(trial.errors(id, wanted));
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            SyncTask task = tasks.lock(id).orElseThrow(() -> new TaskNotFound(id));
            requireAsSeen(task, revision, ran);
            requireFixed(task, wanted);
            return take(task, wanted, actor);
        }));
    }

    /** Meanwhile others may have changed it, or started it, so that it would take up what was never tried. */
    private static void requireAsSeen(SyncTask task, @Nullable Long revision, boolean ran) {
        if (revision != null && task.revision != revision) {
            throw new RevisionConflict(task.name, revision, task.revision);
        }
        if (runs(task.state()) && !ran) {
            throw new RevisionConflict(task.name);
        }
    }

    private List<String> take(SyncTask task, TaskSettings settings, String actor) {
        UUID id = task.id;
        switch (task.state()) {
            case TaskState.Draft _, TaskState.PrecheckFailed _, TaskState.Ready _ -> task.enter(new TaskState.Draft());
            case TaskState.Paused _, TaskState.Failed _, TaskState.Running _, TaskState.Retrying _ -> {}
            case TaskState.Prechecking _, TaskState.Finished _, TaskState.Released _ ->
                throw new NotInThisState("change", task.name, task.state());
        }
        TaskSettings before = definitions.read(task.definition);
        List<String> changes = definitions.differences(before, settings);
        task.name = Objects.requireNonNullElse(settings.name(), task.name);
        task.revision++;
        leaveSource(task, settings.source());
        definitions.describe(task, settings);
        tasks.saveAndFlush(task);
        revisions.keep(task, actor);
        String what = changes.isEmpty() ? "nothing differs" : String.join("; ", changes);
        events.add(id, "INFO", "CHANGED", "Revision " + task.revision + " by " + actor + ": " + what, null);
        if (runs(task.state()) && concernsRun(before, settings)) {
            refresh(id);
        } else if (!before.throttle().equals(settings.throttle())) {
            publisher.publishEvent(new LimitsChanged(id));
        }
        return changes;
    }

    /** Whether a run has to begin anew for a change: alerts are none of its business, limits it takes up as it goes. */
    private boolean concernsRun(TaskSettings before, TaskSettings after) {
        TaskSettings carried = before.with(after.alerts()).with(after.throttle());
        return !definitions.differences(carried, after).isEmpty();
    }

    /** A task that reads from elsewhere from now on leaves a slot behind, which keeps WAL until somebody drops it. */
    private void leaveSource(SyncTask task, TaskSource next) {
        TaskSource before = definitions.read(task.definition).source();
        boolean moved =
                !before.connection().equals(next.connection()) || !Objects.equals(before.database(), next.database());
        boolean ownSlot = before.slot() == null;
        boolean ownPublication = before.publication() == null;
        if (!task.cleanedUp) {
            orphans.abandoned(
                    task,
                    before.database(),
                    ownSlot && (moved || next.slot() != null),
                    ownPublication && (moved || next.publication() != null));
        }
    }

    /** Gives a locked task a definition with other connections, also while it runs. */
    TaskSettings connect(SyncTask task, TaskSettings settings, String actor) {
        switch (task.state()) {
            case TaskState.Draft _, TaskState.PrecheckFailed _, TaskState.Ready _ -> task.enter(new TaskState.Draft());
            case TaskState.Running _, TaskState.Retrying _, TaskState.Paused _, TaskState.Failed _ -> {}
            case TaskState.Prechecking _, TaskState.Finished _, TaskState.Released _ ->
                throw new NotInThisState("change", task.name, task.state());
        }
        task.revision++;
        leaveSource(task, settings.source());
        definitions.describe(task, settings);
        tasks.saveAndFlush(task);
        revisions.keep(task, actor);
        String to = task.sourceConnection + " and " + task.destinationConnection;
        events.add(task.id, "INFO", "CHANGED", "Connections changed to " + to + " by " + actor, null);
        return settings;
    }

    private static boolean runs(TaskState state) {
        return state instanceof TaskState.Running || state instanceof TaskState.Retrying;
    }

    /** What a task's position hangs on stays as it is once there is one. */
    private void requireFixed(SyncTask task, TaskSettings wanted) {
        boolean positioned = jdbc.sql("SELECT count(*) FROM task_checkpoint WHERE task_id = :id")
                        .param("id", task.id)
                        .query(Long.class)
                        .single()
                > 0;
        TaskSettings present = definitions.read(task.definition);
        refuse(FixedSettings.violations(present, wanted, positioned, runs(task.state())));
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidSettings(violations);
        }
    }

    /** Has the task's run begin anew, once this transaction is stored. */
    private void refresh(UUID id) {
        jdbc.sql("UPDATE task SET refreshes = refreshes + 1 WHERE id = :id")
                .param("id", id)
                .update();
        publisher.publishEvent(new TaskRefreshed(id));
    }

    /**
     * Changes how fast a task may go, also while it runs.
     *
     * @throws InvalidSettings with everything that is wrong with the limits
     */
    @Transactional
    public ThrottleSettings throttle(UUID id, ThrottleSettings limits, String actor) {
        SyncTask task = tasks.lock(id).orElseThrow(() -> new TaskNotFound(id));
        if (task.state() instanceof TaskState.Released) {
            throw new NotInThisState("throttle", task.name, task.state());
        }
        task.revision++;
        task.definition = definitions.write(definitions.readWhole(task).with(limits.checked()));
        tasks.save(task);
        revisions.keep(task, actor);
        events.add(id, "INFO", "LIMITS_CHANGED", "Limits changed by " + actor + ": " + limits.text(), null);
        publisher.publishEvent(new LimitsChanged(id));
        return limits;
    }

    /**
     * Copies one table again while the others are followed; one that was set aside comes back. Rows that were deleted
     * while it was set aside stay in its topic.
     *
     * @param name its name as {@code schema.table}, or as SQL quotes both where a dot in them would leave it open
     * @throws TableNotFound when the task has no such table
     * @throws InvalidSettings when it has several of that name
     */
    @Transactional
    public void resync(UUID id, String name, String actor) {
        SyncTask task = tasks.lock(id).orElseThrow(() -> new TaskNotFound(id));
        switch (task.state()) {
            case TaskState.Running _, TaskState.Retrying _, TaskState.Paused _, TaskState.Failed _ -> {}
            case TaskState.Draft _,
                    TaskState.Prechecking _,
                    TaskState.PrecheckFailed _,
                    TaskState.Ready _,
                    TaskState.Finished _,
                    TaskState.Released _ -> throw new NotInThisState("resync a table of", task.name, task.state());
        }
        requireFullPhase(task);
        TableId table = table(task, name);
        int asked = jdbc.sql("""
                        UPDATE task_table SET resync_asked = true
                        WHERE task_id = :task AND schema_name = :schema AND table_name = :table
                          AND state IN ('COPIED', 'FOLLOWING', 'SET_ASIDE')
                        """)
                .param("task", id)
                .param("schema", table.schema())
                .param("table", table.table())
                .update();
        if (asked > 0) {
            events.add(id, "INFO", "RESYNC", "Table " + table + ": to be copied again, asked for by " + actor, null);
            refresh(id);
        }
    }

    private TableId table(SyncTask task, String name) {
        List<TableId> found = jdbc.sql("""
                        SELECT schema_name, table_name FROM task_table
                        WHERE task_id = :task AND (schema_name || '.' || table_name = :name
                          OR format('"%s"."%s"', replace(schema_name, '"', '""'), replace(table_name, '"', '""')) = :name)
                        """)
                .param("task", task.id)
                .param("name", name)
                .query((row, number) -> new TableId(row.getString(1), row.getString(2)))
                .list();
        if (found.size() > 1) {
            String names = found.stream().map(TableId::quoted).sorted().collect(Collectors.joining(" or "));
            refuse(List.of(new Violation("table", "The task has several tables " + name + ".", "Say " + names + ".")));
        }
        return found.stream().findFirst().orElseThrow(() -> new TableNotFound(task.name, name));
    }

    private void requireFullPhase(SyncTask task) {
        if (!definitions.read(task.definition).has(Phase.FULL)) {
            refuse(List.of(new Violation(
                    "phases", "The task has no FULL phase, in which tables are copied.", "Add FULL to its phases.")));
        }
    }

    /** The newest definitions that the task had, of those with numbers below one, each with what it changed. */
    @Transactional(readOnly = true)
    public List<RevisionView> revisions(UUID id, int before, int limit) {
        task(id);
        return revisions.list(id, before, limit);
    }

    private SyncTask task(UUID id) {
        return tasks.findById(id).orElseThrow(() -> new TaskNotFound(id));
    }
}
