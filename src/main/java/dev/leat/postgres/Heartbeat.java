package dev.leat.postgres;

import dev.leat.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A sign of life in the source's log, so that a slot moves on also when nothing of its database changes. As a message it
 * touches no table; as a row it comes out of the slot like any change, which also serves a source that answers no
 * keep-alives.
 */
public final class Heartbeat {

    /** The prefix of heartbeats that are messages. */
    public static final String PREFIX = "leat";

    private static final String MESSAGE = "SELECT pg_logical_emit_message(false, '" + PREFIX + "', '')";

    private final String slot;
    private final Optional<TableId> table;
    private final boolean messages;

    /**
     * A heartbeat.
     *
     * @param slot name of the slot that it is for
     * @param table where to write it; empty for a message
     * @param messages whether the source takes messages
     */
    public Heartbeat(String slot, Optional<TableId> table, boolean messages) {
        this.slot = slot;
        this.table = table;
        this.messages = messages;
    }

    /** Makes the table, if it is missing, and publishes it. */
    public void prepare(PostgresSource source, Publication publication) {
        if (table.isEmpty()) {
            return;
        }
        TableId id = table.get();
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + id.quoted()
                    + " (slot text PRIMARY KEY, beat_at timestamptz NOT NULL)");
        } catch (SQLException e) {
            throw PostgresFailures.of("Heartbeat table " + id, e);
        }
        publication.add(id);
    }

    /** Beats once. */
    public void beat(Connection session) throws SQLException {
        if (table.isPresent()) {
            write(session, table.get());
        } else if (messages) {
            try (Statement statement = session.createStatement()) {
                statement.execute(MESSAGE);
            }
        }
    }

    private void write(Connection session, TableId id) throws SQLException {
        try (PreparedStatement upsert = session.prepareStatement("INSERT INTO " + id.quoted()
                + " VALUES (?, now()) ON CONFLICT (slot) DO UPDATE SET beat_at = excluded.beat_at")) {
            upsert.setString(1, slot);
            upsert.execute();
        }
    }
}
