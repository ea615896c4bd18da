package dev.leat.task;

import dev.leat.settings.TaskSettings;
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

    private final Tasks tasks;
    private final TaskChanges changes;
    private final JdbcClient jdbc;

    TaskConnections(Tasks tasks, TaskChanges changes, JdbcClient jdbc) {
        this.tasks = tasks;
        this.changes = changes;
        this.jdbc = jdbc;
    }

    /**
     * Lets a task use other connections, also while it runs: it goes on from its checkpoint. Where they lead is for the
     * caller to check.
     *
     * @param source name of the source's connection; null to leave it
     * @param destination name of the destination's connection; null to leave it
     */
    @Transactional
    public TaskSettings connect(UUID id, @Nullable String source, @Nullable String destination, String actor) {
        return changes.connect(id, tasks.settings(id).with(source, destination), actor);
    }

    /** The number of the cluster in whose log a task stands; empty before it stands anywhere. */
    public Optional<String> systemIdentifier(UUID id) {
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
