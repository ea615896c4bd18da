package dev.leat.task;

import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to what ties tasks to their ends: connections, positions and slots. */
@Service
public class TaskConnections {

    private final SyncTasks tasks;
    private final Definitions definitions;
    private final TaskChanges changes;
    private final JdbcClient jdbc;

    TaskConnections(SyncTasks tasks, Definitions definitions, TaskChanges changes, JdbcClient jdbc) {
        this.tasks = tasks;
        this.definitions = definitions;
        this.changes = changes;
        this.jdbc = jdbc;
    }

    /**
     * Where a task stands.
     *
     * @param source what it reads from
     * @param systemIdentifier of the cluster in whose log it stands; empty before it stands anywhere
     */
    public record Place(TaskSource source, Optional<String> systemIdentifier) {}

    /** Where a task stands now. */
    @Transactional(readOnly = true)
    public Place place(UUID id) {
        return place(tasks.findById(id).orElseThrow(() -> new TaskNotFound(id)));
    }

    private Place place(SyncTask task) {
        return new Place(definitions.read(task.definition).source(), systemIdentifier(task.id));
    }

    /**
     * Lets a task use other connections, also while it runs: it goes on from its checkpoint. Where they lead is for the
     * caller to check.
     *
     * @param seen where the task stood when that was checked
     * @param source name of the source's connection; null to leave it
     * @param destination name of the destination's connection; null to leave it
     * @throws RevisionConflict when it does not stand there any more
     */
    @Transactional
    public TaskSettings connect(
            UUID id, Place seen, @Nullable String source, @Nullable String destination, String actor) {
        SyncTask task = tasks.lock(id).orElseThrow(() -> new TaskNotFound(id));
        if (!place(task).equals(seen)) {
            throw new RevisionConflict(task.name);
        }
        TaskSettings settings = definitions.readWhole(task).with(source, destination);
        return changes.connect(task, settings, actor);
    }

    private Optional<String> systemIdentifier(UUID id) {
        return jdbc.sql("SELECT system_identifier FROM task_checkpoint WHERE task_id = :id")
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .optional();
    }

    /** The tasks that are not released, by the names of their slots. */
    public Map<String, UUID> bySlot() {
        return jdbc
                .sql("SELECT slot, id FROM task WHERE state <> 'RELEASED'")
                .query((row, number) -> Map.entry(row.getString(1), UUID.fromString(row.getString(2))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }
}
