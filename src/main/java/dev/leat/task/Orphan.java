package dev.leat.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a task has left at its source. A slot keeps WAL there until it is dropped.
 *
 * @param id its number
 * @param connection name of the connection that leads to the source
 * @param database the database; null for the connection's own
 * @param slot name of the slot; null when none was left
 * @param publication name of the publication; null when none was left
 * @param systemIdentifier of the cluster that holds it; null when it is not known
 * @param taskId the task; null when it is gone
 * @param taskName its name
 * @param reason why it was left
 * @param since when that was
 * @param nextTry when it is tried again to drop it; null when only on demand
 */
public record Orphan(
        long id,
        String connection,
        @Nullable String database,
        @Nullable String slot,
        @Nullable String publication,
        @Nullable String systemIdentifier,
        @Nullable UUID taskId,
        String taskName,
        String reason,
        Instant since,
        @Nullable Instant nextTry) {

    /** What drops it, to be run in its database. */
    public List<String> sql() {
        List<String> sql = new ArrayList<>();
        if (slot != null) {
            sql.add("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + slot
                    + "';");
        }
        if (publication != null) {
            sql.add("DROP PUBLICATION IF EXISTS \"" + publication + "\";");
        }
        return sql;
    }
}
