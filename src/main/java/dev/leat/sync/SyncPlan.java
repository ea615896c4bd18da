package dev.leat.sync;

import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.TaskSettings;

/**
 * Everything a run needs to know.
 *
 * @param taskId the task's id, as text
 * @param taskName the task's name, for record headers
 * @param task what the user chose
 * @param source the source, with the task's database
 * @param destination the destination
 * @param slot name of the replication slot
 * @param publication name of the publication
 * @param version Leat's version, for records that name it
 */
public record SyncPlan(
        String taskId,
        String taskName,
        TaskSettings task,
        SourceEndpoint source,
        KafkaEndpoint destination,
        String slot,
        String publication,
        String version) {

    /** What Leat calls itself at both ends; a successor recognises the connections of a run before it by this name. */
    public String applicationName() {
        return "leat-" + taskId;
    }

    /** Whether the publication is Leat's own, and no user's. */
    boolean ownsPublication() {
        return task.source().publication() == null;
    }
}
