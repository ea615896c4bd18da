package dev.leat.worker;

import dev.leat.connection.ConnectionUse;
import dev.leat.task.Orphans;
import dev.leat.task.TaskRuns;
import java.util.List;
import java.util.stream.Stream;

/** Keeps connections that tasks use, or have left something at, from being removed or led elsewhere. */
final class TaskConnectionUse implements ConnectionUse {

    private final TaskRuns runs;
    private final Orphans orphans;

    TaskConnectionUse(TaskRuns runs, Orphans orphans) {
        this.runs = runs;
        this.orphans = orphans;
    }

    @Override
    public List<String> usersOf(String connection) {
        return Stream.concat(
                        runs.usersOf(connection).stream().map(name -> "task '" + name + "'"),
                        orphans.at(connection).stream()
                                .map(orphan -> "orphan " + orphan.id() + " that task '" + orphan.taskName()
                                        + "' has left there (GET /api/v1/orphans)"))
                .toList();
    }

    @Override
    public List<Position> positionsAt(String connection) {
        return runs.positionsAt(connection).stream()
                .map(at -> new Position("task '" + at.task() + "'", at.systemIdentifier(), at.ownDatabase()))
                .toList();
    }
}
