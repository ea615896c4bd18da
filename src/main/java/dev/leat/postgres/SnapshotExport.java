package dev.leat.postgres;

import dev.leat.change.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Exports a snapshot without a slot, for tasks that copy and do not follow. */
public final class SnapshotExport {

    private SnapshotExport() {}

    /** The source as it is now; its LSN is no exact point of the log, which nobody follows then. */
    public static ExportedSnapshot now(PostgresSource source) {
        Connection session = source.session();
        try (Statement statement = session.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT pg_export_snapshot(), CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
                            + " ELSE pg_current_wal_lsn() END::text")) {
                rows.next();
                return new ExportedSnapshot(rows.getString(1), Lsn.parse(rows.getString(2)), session);
            }
        } catch (SQLException e) {
            ReplicationSlot.closeQuietly(session, e);
            throw PostgresFailures.of("Snapshot of source " + source, e);
        }
    }
}
