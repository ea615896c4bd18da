package dev.leat.settings;

import org.jspecify.annotations.Nullable;

/**
 * The source of a task.
 *
 * @param connection name of a registered connection
 * @param database the database; null for the connection's own
 * @param slot replication slot; null to let Leat name it
 * @param publication publication; null to let Leat name it
 * @param slotCare how the slot is looked after
 */
public record TaskSource(
        String connection,
        @Nullable String database,
        @Nullable String slot,
        @Nullable String publication,
        SlotSettings slotCare) {

    /** With the default care. */
    public TaskSource(
            @Nullable String connection,
            @Nullable String database,
            @Nullable String slot,
            @Nullable String publication) {
        this(connection, database, slot, publication, null);
    }

    /** A missing connection becomes an empty name, which the rules refuse. */
    public TaskSource(
            @Nullable String connection,
            @Nullable String database,
            @Nullable String slot,
            @Nullable String publication,
            @Nullable SlotSettings slotCare) {
        this.connection = connection == null ? "" : connection;
        this.database = database;
        this.slot = slot;
        this.publication = publication;
        this.slotCare = slotCare == null ? SlotSettings.DEFAULT : slotCare;
    }

    /** The same over another connection. */
    TaskSource over(String other) {
        return new TaskSource(other, database, slot, publication, slotCare);
    }

    /** The same source with slot and publication left to Leat, which names them after the task. */
    public TaskSource withoutNames() {
        return new TaskSource(connection, database, null, null, slotCare);
    }
}
