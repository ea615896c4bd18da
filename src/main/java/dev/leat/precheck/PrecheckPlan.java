package dev.leat.precheck;

import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.Phase;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.TaskSettings;
import java.util.Set;

/**
 * What a precheck needs to know.
 *
 * @param applicationName what the task's runs call themselves at both ends
 * @param task what the user chose
 * @param source the source, with the task's database
 * @param destination the destination
 * @param hasCheckpoint whether the task ran before and goes on
 * @param ownTopics the topics of the tables that it knows, so that records there are its own
 * @param taskName the task's name, which stands in its records
 */
public record PrecheckPlan(
        String applicationName,
        TaskSettings task,
        SourceEndpoint source,
        KafkaEndpoint destination,
        boolean hasCheckpoint,
        Set<String> ownTopics,
        String taskName) {

    /** A plan of a task that knows no tables yet and is called as its runs call themselves. */
    public PrecheckPlan(
            String applicationName,
            TaskSettings task,
            SourceEndpoint source,
            KafkaEndpoint destination,
            boolean hasCheckpoint) {
        this(applicationName, task, source, destination, hasCheckpoint, Set.of(), applicationName);
    }

    /** Whether the task follows the log, and so needs slot, publication and what belongs to them. */
    boolean follows() {
        return task.has(Phase.INCREMENTAL);
    }
}
