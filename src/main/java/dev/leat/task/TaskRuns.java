package dev.leat.task;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.precheck.PrecheckItem;
import dev.leat.settings.Phase;
import dev.leat.settings.RetrySettings;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.ThrottleSettings;
import dev.leat.sync.Checkpoints;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The door to the tasks for those who run them. What a run writes names its claim: {@link FailureKind#FENCED} is the
 * answer to one that was overtaken.
 */
@Service
public class TaskRuns {

    private static final RowMapper<UUID> ID = (row, number) -> UUID.fromString(row.getString(1));

    private final SyncTasks tasks;
    private final Definitions definitions;
    private final Transitions transitions;
    private final TaskEvents events;
    private final TaskPrechecks prechecks;
    private final PrecheckRuns precheckRuns;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TaskRuns(
            SyncTasks tasks,
            Definitions definitions,
            Transitions transitions,
            TaskEvents events,
            TaskPrechecks prechecks,
            PrecheckRuns precheckRuns,
            JdbcTemplate template,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.transitions = transitions;
        this.events = events;
        this.prechecks = prechecks;
        this.precheckRuns = precheckRuns;
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * What is to be run.
     *
     * @param generation the number that fences every write of the run
     * @param refreshes how often the task had asked for a fresh run when this one began
     * @param failingSince when the present trouble began; null when there is none
     */
    public record Claim(
            UUID id,
            String name,
            TaskSettings settings,
            String slot,
            String publication,
            long generation,
            int refreshes,
            @Nullable Instant failingSince) {}

    /** Tasks that somebody has to run, and that no node was given yet. */
    public List<UUID> toRun() {
        return jdbc.sql("""
                        SELECT t.id FROM task t
                        WHERE (t.state IN ('PRECHECKING', 'RUNNING', 'RETRYING') OR t.state = 'RELEASED' AND NOT t.cleaned_up)
                          AND NOT EXISTS (SELECT FROM scheduled_tasks s WHERE s.task_instance = t.id::text)
                        """).query(ID).list();
    }

    /** Names of the tasks that use a connection, or still have something to drop there. */
    @Transactional(readOnly = true)
    public List<String> usersOf(String connection) {
        return tasks.using(connection).stream().map(task -> task.name).toList();
    }

    /** The state of a task as it is stored now; empty when there is no such task. */
    @Transactional(readOnly = true)
    public Optional<TaskState> state(UUID id) {
        return tasks.findById(id).map(SyncTask::state);
    }

    /**
     * What a run has to look out for.
     *
     * @param toRun whether the task's state wants a run
     * @param refreshes how often the task has asked for a fresh one
     * @param revision of its definition
     */
    public record Asked(boolean toRun, int refreshes, int revision) {}

    /** What a run has to look out for, in one query, as each run asks every second; empty when there is no such task. */
    public Optional<Asked> asked(UUID id) {
        return jdbc.sql("SELECT state IN ('RUNNING', 'RETRYING'), refreshes, revision FROM task WHERE id = :id")
                .param("id", id)
                .query((row, number) -> new Asked(row.getBoolean(1), row.getInt(2), row.getInt(3)))
                .optional();
    }

    /** The limits of a task as they are now; empty when there is no such task. */
    @Transactional(readOnly = true)
    public Optional<ThrottleSettings> limits(UUID id) {
        return tasks.findById(id).map(task -> definitions.read(task.definition).throttle());
    }

    /**
     * How long to try again: the shortest connection window wins among the tasks that share an end and run, since whoever
     * looks after that end is told at the first that runs out.
     */
    public RetrySettings retry(Claim claim) {
        RetrySettings own = claim.settings().retry();
        int shortest = jdbc.sql("""
                        SELECT min((t.definition::jsonb #>> '{retry,connectionMinutes}')::integer)
                        FROM task own JOIN task t ON t.source_connection = own.source_connection
                          OR t.destination_connection = own.destination_connection
                        WHERE own.id = :id AND t.id <> own.id AND t.state IN ('RUNNING', 'RETRYING')
                        """)
                .param("id", claim.id())
                .query(Integer.class)
                .optional()
                .map(others -> Math.min(others, own.connectionMinutes()))
                .orElse(own.connectionMinutes());
        return new RetrySettings(shortest, own.otherMinutes());
    }

    /** Takes a task over: every run before it can write nothing any more. */
    @Transactional
    public Claim claim(UUID id) {
        long generation = jdbc.sql("UPDATE task SET generation = generation + 1 WHERE id = :id RETURNING generation")
                .param("id", id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new TaskNotFound(id));
        SyncTask task = tasks.findById(id).orElseThrow(() -> new TaskNotFound(id));
        return claim(task, generation);
    }

    /** A task as it is, for a look from aside that takes nothing over; empty when there is none. */
    @Transactional(readOnly = true)
    public Optional<Claim> look(UUID id) {
        return tasks.findById(id).map(task -> claim(task, task.generation));
    }

    private Claim claim(SyncTask task, long generation) {
        return new Claim(
                task.id,
                task.name,
                definitions.readWhole(task),
                task.slot,
                task.publication,
                generation,
                asked(task.id).map(Asked::refreshes).orElse(0),
                task.failingSince);
    }

    /** What would be run if the task had another definition; nothing is claimed. */
    @Transactional(readOnly = true)
    public Claim wouldRun(UUID id, TaskSettings definition) {
        SyncTask task = tasks.findById(id).orElseThrow(() -> new TaskNotFound(id));
        return new Claim(id, task.name, definition, task.slot, task.publication, task.generation, 0, task.failingSince);
    }

    /** Where the tasks stand that read from a connection and are not released: what another server cannot know. */
    public List<SourcePosition> positionsAt(String connection) {
        return jdbc.sql("""
                        SELECT t.name, c.system_identifier, (t.definition::jsonb #>> '{source,database}') IS NULL
                        FROM task t JOIN task_checkpoint c ON c.task_id = t.id
                        WHERE t.source_connection = :connection AND t.state <> 'RELEASED' ORDER BY t.created_at
                        """)
                .param("connection", connection)
                .query((row, number) -> new SourcePosition(row.getString(1), row.getString(2), row.getBoolean(3)))
                .list();
    }

    /** Where a run keeps its progress. */
    public Checkpoints checkpoints(Claim claim) {
        return new JdbcCheckpoints(claim.id(), claim.generation(), template, transaction);
    }

    /** Marks that the source holds a slot or a publication of the task from now on. */
    public void touchesSource(Claim claim) {
        owned(
                claim,
                () -> jdbc.sql("UPDATE task SET cleaned_up = false WHERE id = :id AND cleaned_up")
                        .param("id", claim.id())
                        .update());
    }

    /** Marks that nothing of a released task is left at its source, or is known as an orphan. */
    @Transactional
    public void cleanedUp(UUID id) {
        jdbc.sql("UPDATE task SET cleaned_up = true WHERE id = :id")
                .param("id", id)
                .update();
        jdbc.sql("DELETE FROM task_slot WHERE task_id = :id").param("id", id).update();
    }

    /** The task is in a phase; runs that go on in it do not begin its time anew. */
    public void phase(Claim claim, Phase phase) {
        owned(
                claim,
                () -> jdbc.sql("""
                        UPDATE task SET phase = :phase, phase_since =
                          CASE WHEN phase = :phase THEN coalesce(phase_since, :now) ELSE :now END
                        WHERE id = :id
                        """)
                        .param("phase", phase.name())
                        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .param("id", claim.id())
                        .update());
    }

    /** An attempt got through to both ends. */
    public void recovered(Claim claim) {
        step(claim, state -> state instanceof TaskState.Retrying retrying ? retrying.toRunning() : state);
    }

    /** The task made real progress: the trouble is over, and the next one has a whole window again. */
    public void progressed(Claim claim) {
        owned(claim, () -> {
            // a slot's first checkpoint is saved before any phase says that the attempt got through
            recovered(claim);
            jdbc.sql("UPDATE task SET failing_since = NULL"
                            + " WHERE id = :id AND state = 'RUNNING' AND failing_since IS NOT NULL")
                    .param("id", claim.id())
                    .update();
        });
    }

    /** An attempt failed, and another will be made. */
    public void retrying(Claim claim, SyncException failure, Instant since, Instant nextAttempt, Instant windowEnds) {
        TaskState.Trouble trouble = trouble(failure, since);
        step(claim, state -> switch (state) {
            case TaskState.Running running -> running.toRetrying(trouble, nextAttempt, windowEnds);
            case TaskState.Retrying retrying -> retrying.toRetrying(trouble, nextAttempt, windowEnds);
            default -> state;
        });
    }

    /** The task rests until a person wants it to go on. */
    public void paused(Claim claim, SyncException failure, Instant since) {
        TaskState.Trouble trouble = trouble(failure, since);
        step(claim, state -> switch (state) {
            case TaskState.Running running -> running.toPaused(trouble);
            case TaskState.Retrying retrying -> retrying.toPaused(trouble);
            default -> state;
        });
    }

    /** A task that cannot even be claimed: a person must act. Whoever still runs it is fenced. */
    @Transactional
    public void cannotRun(UUID id, SyncException failure) {
        jdbc.sql("UPDATE task SET generation = generation + 1 WHERE id = :id")
                .param("id", id)
                .update();
        TaskState.Trouble trouble = trouble(failure, clock.instant());
        transitions.apply(id, "", state -> switch (state) {
            case TaskState.Running running -> running.toFailed(trouble);
            case TaskState.Retrying retrying -> retrying.toFailed(trouble);
            case TaskState.Prechecking checking -> {
                events.trouble(id, "ERROR", trouble);
                yield checking.toPrecheckFailed();
            }
            case TaskState.Released released
            when failure.kind() == FailureKind.SETTINGS -> {
                cannotCleanUp(id, trouble);
                yield released;
            }
            default -> state;
        });
    }

    /** Nobody knows where its slot is: a person must look, and no node need try again. */
    private void cannotCleanUp(UUID id, TaskState.Trouble trouble) {
        SyncTask task = tasks.findById(id).orElseThrow(() -> new TaskNotFound(id));
        events.add(
                id,
                "WARN",
                "LEFT_AT_SOURCE",
                trouble.message(),
                "Look over connection '" + task.sourceConnection + "' for slot " + task.slot + " and publication "
                        + task.publication + ", and drop them.");
        cleanedUp(id);
    }

    /** A person must act. */
    public void failed(Claim claim, SyncException failure, Instant since) {
        TaskState.Trouble trouble = trouble(failure, since);
        step(claim, state -> switch (state) {
            case TaskState.Running running -> running.toFailed(trouble);
            case TaskState.Retrying retrying -> retrying.toFailed(trouble);
            default -> state;
        });
    }

    /** All phases are complete, maybe by an attempt that found nothing left to do. */
    public void finished(Claim claim) {
        step(claim, state -> switch (state) {
            case TaskState.Running running -> running.toFinished();
            case TaskState.Retrying retrying -> retrying.toRunning().toFinished();
            default -> state;
        });
    }

    /** A precheck begins: its items, by name with their titles, wait in their order. */
    public void precheckBegins(Claim claim, Map<String, String> titles, Collection<String> asked) {
        owned(claim, () -> prechecks.begin(claim.id(), titles, asked));
    }

    /** An item of the precheck is done. */
    public void precheckItem(Claim claim, PrecheckItem item, int place) {
        owned(
                claim,
                () -> prechecks
                        .save(claim.id(), item, place)
                        .ifPresent(ignorer -> events.add(
                                claim.id(),
                                "INFO",
                                "ALERTS_NO_LONGER_IGNORED",
                                item.name() + ", ignored by " + ignorer + ", has changed",
                                null)));
    }

    /** The items that the precheck is to look at; none for all. */
    public List<String> precheckAsked(UUID id) {
        return precheckRuns.asked(id);
    }

    /** Whether no item of the last precheck stands in the way. */
    public boolean precheckClear(UUID id) {
        return prechecks.list(id).stream().allMatch(PrecheckView::clear);
    }

    /** The precheck is over. */
    public void prechecked(Claim claim, boolean clear) {
        step(claim, state -> switch (state) {
            case TaskState.Prechecking checking when !clear -> checking.toPrecheckFailed();
            case TaskState.Prechecking checking -> checking.start() ? checking.toRunning() : checking.toReady();
            default -> state;
        });
    }

    /** Writes a line of a run into the task's event log. */
    public void event(Claim claim, String severity, String kind, String message, @Nullable String remedy) {
        owned(claim, () -> events.add(claim.id(), severity, kind, message, remedy));
    }

    /** Writes a line into the task's event log that no run has to say. */
    public void event(UUID id, String severity, String kind, String message, @Nullable String remedy) {
        events.add(id, severity, kind, message, remedy);
    }

    private void step(Claim claim, UnaryOperator<TaskState> step) {
        owned(claim, () -> transitions.apply(claim.id(), "", step));
    }

    /** What a run has to say is stored only while it owns the task; a late one learns that here, and stops. */
    private void owned(Claim claim, Runnable story) {
        transaction.executeWithoutResult(status -> {
            if (!owns(claim)) {
                throw new SyncException(
                        FailureKind.FENCED,
                        "Task '" + claim.name() + "': generation " + claim.generation()
                                + " was overtaken by another run.");
            }
            story.run();
        });
    }

    /** It stays so until the transaction ends. */
    private boolean owns(Claim claim) {
        return jdbc.sql("SELECT generation FROM task WHERE id = :id AND generation = :generation FOR NO KEY UPDATE")
                .param("id", claim.id())
                .param("generation", claim.generation())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private TaskState.Trouble trouble(SyncException failure, Instant since) {
        return new TaskState.Trouble(
                failure.kind().name(),
                failure.getMessage(),
                failure.remedy(),
                since.isAfter(clock.instant()) ? clock.instant() : since);
    }
}
