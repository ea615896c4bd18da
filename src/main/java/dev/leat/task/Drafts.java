package dev.leat.task;

import dev.leat.settings.TaskSettings;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps tasks that are being put together, step by step, as far as they are. */
@Service
public class Drafts {

    private final SyncTasks tasks;
    private final Definitions definitions;
    private final Revisions revisions;
    private final JdbcClient jdbc;

    Drafts(SyncTasks tasks, Definitions definitions, Revisions revisions, JdbcClient jdbc) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.revisions = revisions;
        this.jdbc = jdbc;
    }

    /**
     * Keeps a definition that may still hold what cannot be: it is checked when a precheck or a start is asked for. A
     * task that was prechecked is a draft again, unless nothing has changed.
     *
     * @param revision the revision that the change was made from
     * @throws RevisionConflict when somebody else has changed it since
     * @throws NotInThisState when the task was started already, or is being prechecked
     */
    @Transactional
    public void keep(UUID id, long revision, TaskSettings settings, String actor) {
        SyncTask task = tasks.lock(id).orElseThrow(() -> new TaskNotFound(id));
        if (task.revision != revision) {
            throw new RevisionConflict(task.name, revision, task.revision);
        }
        boolean goesOn = requireUnstarted(task) instanceof TaskState.Draft;
        if (settings.equals(definitions.read(task.definition))) {
            return;
        }
        task.enter(new TaskState.Draft());
        task.name = Objects.requireNonNullElse(settings.name(), task.name);
        task.revision++;
        definitions.describe(task, settings);
        tasks.saveAndFlush(task);
        if (goesOn) {
            forgetRevision(id, task.revision - 1);
        }
        revisions.keep(task, actor);
    }

    private static TaskState requireUnstarted(SyncTask task) {
        return switch (task.state()) {
            case TaskState.Draft draft -> draft;
            case TaskState.PrecheckFailed failed -> failed;
            case TaskState.Ready ready -> ready;
            case TaskState.Prechecking _,
                    TaskState.Running _,
                    TaskState.Retrying _,
                    TaskState.Paused _,
                    TaskState.Failed _,
                    TaskState.Finished _,
                    TaskState.Released _ -> throw new NotInThisState("change", task.name, task.state());
        };
    }

    /** A draft's saves follow each other closely: the history keeps the last of them. */
    private void forgetRevision(UUID id, int revision) {
        jdbc.sql("DELETE FROM task_revision WHERE task_id = :task AND revision = :revision")
                .param("task", id)
                .param("revision", revision)
                .update();
    }
}
