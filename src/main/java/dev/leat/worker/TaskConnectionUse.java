package dev.leat.worker;

import dev.leat.connection.ConnectionUse;
import dev.leat.task.TaskRuns;
import java.util.List;

/** Keeps connections that tasks use from being removed. */
final class TaskConnectionUse implements ConnectionUse {

    private final TaskRuns runs;

    TaskConnectionUse(TaskRuns runs) {
        this.runs = runs;
    }

    @Override
    public List<String> usersOf(String connection) {
        return runs.usersOf(connection).stream()
                .map(name -> "task '" + name + "'")
                .toList();
    }
}
