package dev.leat.worker;

import dev.leat.connection.Connections;
import dev.leat.settings.TaskSettings;
import dev.leat.sync.SyncPlan;
import dev.leat.task.TaskRuns;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a task's definition into what a run needs to know: names of connections become endpoints with secrets. */
final class SyncPlans {

    private final Connections connections;
    private final String version;

    SyncPlans(Connections connections, String version) {
        this.connections = connections;
        this.version = version;
    }

    /** The versions that the connections of a task have now, by their names. */
    Map<String, Long> versions(TaskRuns.Claim claim) {
        Set<String> names = connectionsOf(claim);
        Map<String, Long> versions = connections.versions();
        return names.stream().collect(Collectors.toMap(name -> name, name -> versions.getOrDefault(name, 0L)));
    }

    static Set<String> connectionsOf(TaskRuns.Claim claim) {
        return Stream.of(
                        claim.settings().source().connection(),
                        claim.settings().destination().connection())
                .collect(Collectors.toCollection(TreeSet::new));
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
