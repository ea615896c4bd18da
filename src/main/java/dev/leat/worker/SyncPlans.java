package dev.leat.worker;

import dev.leat.connection.Connections;
import dev.leat.settings.TaskSettings;
import dev.leat.sync.SyncPlan;
import dev.leat.task.TaskRuns;

/** Turns a task's definition into what a run needs to know: names of connections become endpoints with secrets. */
final class SyncPlans {

    private final Connections connections;
    private final String version;

    SyncPlans(Connections connections, String version) {
        this.connections = connections;
        this.version = version;
    }

    SyncPlan plan(TaskRuns.Claim claim) {
        TaskSettings settings = claim.settings();
        return new SyncPlan(
                claim.id().toString(),
                claim.name(),
                settings,
                connections.source(
                        settings.source().connection(), settings.source().database()),
                connections.kafka(settings.destination().connection()),
                claim.slot(),
                claim.publication(),
                version);
    }
}
