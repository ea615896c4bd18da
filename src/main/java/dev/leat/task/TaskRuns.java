package dev.leat.task;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.Phase;
import dev.leat.settings.RetrySettings;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.ThrottleSettings;
import dev.leat.sync.Checkpoints;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
    private final Ownership ownership;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TaskRuns(
            SyncTasks tasks,
            Definitions definitions,
            Transitions transitions,
            TaskEvents events,
            Ownership ownership,
            JdbcTemplate template,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.transitions = transitions;
        this.events = events;
        this.ownership = ownership;
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

    /**
     * A task that waits for a node.
     *
     * @param group of the nodes that may run it
     */
    public record Waiting(UUID id, String group) {}

    /** Tasks that somebody has to run, and that no node was given yet. */
    public List<Waiting> toRun() {
        return jdbc.sql("""
                        SELECT t.id, coalesce(t.definition::jsonb ->> 'workerGroup', 'default') FROM task t
                        WHERE (t.state IN ('PRECHECKING', 'RUNNING', 'RETRYING') OR t.state = 'RELEASED' AND NOT t.cleaned_up)
                          AND NOT EXISTS (SELECT FROM scheduled_tasks s WHERE s.task_instance = t.id::text)
                        """)
                .query((row, number) -> new Waiting(row.getObject(1, UUID.class), row.getString(2)))
                .list();
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
     * @param generation of the run that has claimed it last
     */
    public record Asked(boolean toRun, int refreshes, int revision, long generation) {}

    /** What a run has to look out for, in one query, as each run asks every second; empty when there is no such task. */
    public Optional<Asked> asked(UUID id) {
        return jdbc.sql(
                        "SELECT state IN ('RUNNING', 'RETRYING'), refreshes, revision, generation FROM task WHERE id = :id")
                .param("id", id)
                .query((row, number) -> new Asked(row.getBoolean(1), row.getInt(2), row.getInt(3), row.getLong(4)))
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
        ownership.write(
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
        ownership.write(
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
        ownership.step(claim, state -> state instanceof TaskState.Retrying retrying ? retrying.toRunning() : state);
    }

    /** The task made real progress: the trouble is over, and the next one has a whole window again. */
    public void progressed(Claim claim) {
        ownership.write(claim, () -> {
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
        ownership.step(claim, state -> switch (state) {
            case TaskState.Running running -> running.toRetrying(trouble, nextAttempt, windowEnds);
            case TaskState.Retrying retrying -> retrying.toRetrying(trouble, nextAttempt, windowEnds);
            default -> state;
        });
    }

    /** The task rests until a person wants it to go on. */
    public void paused(Claim claim, SyncException failure, Instant since) {
        TaskState.Trouble trouble = trouble(failure, since);
        ownership.step(claim, state -> switch (state) {
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
        ownership.step(claim, state -> switch (state) {
            case TaskState.Running running -> running.toFailed(trouble);
            case TaskState.Retrying retrying -> retrying.toFailed(trouble);
            default -> state;
        });
    }

    /** All phases are complete, maybe by an attempt that found nothing left to do. */
    public void finished(Claim claim) {
        ownership.step(claim, state -> switch (state) {
            case TaskState.Running running -> running.toFinished();
            case TaskState.Retrying retrying -> retrying.toRunning().toFinished();
            default -> state;
        });
    }

    /** Writes a line of a run into the task's event log. */
    public void event(Claim claim, String severity, String kind, String message, @Nullable String remedy) {
        ownership.write(claim, () -> events.add(claim.id(), severity, kind, message, remedy));
    }

    /** Writes a line into the task's event log that no run has to say. */
    public void event(UUID id, String severity, String kind, String message, @Nullable String remedy) {
        events.add(id, severity, kind, message, remedy);
    }

    private TaskState.Trouble trouble(SyncException failure, Instant since) {
        return new TaskState.Trouble(
                failure.kind().name(),
                failure.getMessage(),
                failure.remedy(),
                since.isAfter(clock.instant()) ? clock.instant() : since);
    }
}
