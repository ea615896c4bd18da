package dev.leat.postgres;

import dev.leat.change.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The logical replication slot through which the source keeps and sends a task's changes. */
public final class ReplicationSlot {

    /** Columns that only newer servers have are read through JSON, so that one query serves all. */
    private static final String STATE = """
            SELECT coalesce(s.plugin, ''), coalesce(s.database, ''), s.active, s.restart_lsn::text, s.confirmed_flush_lsn::text,
                   coalesce(to_jsonb(s) ->> 'wal_status', '') = 'lost'
                     OR coalesce(to_jsonb(s) ->> 'invalidation_reason', '') <> '' OR s.restart_lsn IS NULL,
                   concat_ws(', ', to_jsonb(s) ->> 'wal_status', to_jsonb(s) ->> 'invalidation_reason'),
                   coalesce((to_jsonb(s) ->> 'failover')::boolean, false),
                   coalesce(pg_size_bytes(current_setting('max_slot_wal_keep_size', true)), -1),
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text
            FROM pg_replication_slots s WHERE s.slot_name = ?
            """;

    /** Five seconds in all. */
    private static final int PAUSES = 100;

    private final PostgresSource source;
    private final String name;

    /** A slot by its name; it need not exist yet. */
    public ReplicationSlot(PostgresSource source, String name) {
        this.source = source;
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Makes the slot and exports the snapshot that belongs to its consistent point. */
    public ExportedSnapshot create() {
        return create("", "EXPORT_SNAPSHOT");
    }

    /** As {@link #create()}; standbys that synchronize slots keep it too, so that it is there after a failover (17). */
    public ExportedSnapshot createForFailover() {
        return create("", "(SNAPSHOT 'export', FAILOVER true)");
    }

    /** Makes a slot that goes with its session, only for the snapshot that it exports. */
    public ExportedSnapshot createTemporary() {
        return create(" TEMPORARY", "EXPORT_SNAPSHOT");
    }

    private ExportedSnapshot create(String kind, String options) {
        Connection session = source.replicationSession();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(
                        "CREATE_REPLICATION_SLOT " + name + kind + " LOGICAL pgoutput " + options)) {
            rows.next();
            return new ExportedSnapshot(rows.getString(3), Lsn.parse(rows.getString(2)), session);
        } catch (SQLException e) {
            closeQuietly(session, e);
            throw PostgresFailures.of("Replication slot " + name, e);
        }
    }

    /** Says whether standbys keep it too (17); nobody may read from it meanwhile. */
    public void keepOnStandbys(boolean failover) {
        try (Connection session = source.replicationSession();
                Statement statement = session.createStatement()) {
            statement.execute("ALTER_REPLICATION_SLOT " + name + " (FAILOVER " + failover + ")");
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + name, e);
        }
    }

    /** What the source says of it; empty when it does not exist. */
    public Optional<SlotState> state() {
        try (Connection session = source.session()) {
            return state(session);
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + name, e);
        }
    }

    /** What the source says of it, asked in a session that is kept open; empty when it does not exist. */
    public Optional<SlotState> state(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(STATE)) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        }
    }

    /**
     * Ends whoever reads from it under a name, which is how a run ends what is left of the one before it.
     *
     * @return whether there was somebody
     */
    public boolean evict(String applicationName) {
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement("""
                        SELECT pg_terminate_backend(a.pid) FROM pg_replication_slots s
                        JOIN pg_stat_activity a ON a.pid = s.active_pid
                        WHERE s.slot_name = ? AND a.application_name = ?
                        """)) {
            query.setString(1, name);
            query.setString(2, applicationName);
            boolean somebody;
            try (ResultSet rows = query.executeQuery()) {
                somebody = rows.next();
            }
            if (somebody) {
                awaitFree(session);
            }
            return somebody;
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + name, e);
        }
    }

    /** Who is told to end does so in a moment, but not at once; until then the slot can neither be dropped nor read. */
    private void awaitFree(Connection session) throws SQLException {
        try (PreparedStatement pause = session.prepareStatement(
                "SELECT pg_sleep(0.05) FROM pg_replication_slots WHERE slot_name = ? AND active")) {
            pause.setString(1, name);
            for (int i = 0; i < PAUSES; i++) {
                try (ResultSet rows = pause.executeQuery()) {
                    if (!rows.next()) {
                        return;
                    }
                }
            }
        }
    }

    /**
     * Has it go on at the present end of the log, if it is there and holds its WAL: what was written before is not sent.
     * Nobody may read from it.
     */
    public void skipToEnd() {
        try (Connection session = source.session();
                PreparedStatement advance = session.prepareStatement(
                        "SELECT pg_replication_slot_advance(slot_name, pg_current_wal_lsn()) FROM pg_replication_slots"
                                + " WHERE slot_name = ? AND database = current_database() AND restart_lsn IS NOT NULL")) {
            advance.setString(1, name);
            advance.execute();
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + name, e);
        }
    }

    /** Drops it, if it is there and nobody reads from it. */
    public void drop() {
        try (Connection session = source.session();
                PreparedStatement drop = session.prepareStatement(
                        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?")) {
            drop.setString(1, name);
            drop.execute();
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + name, e);
        }
    }

    private static SlotState read(ResultSet rows) throws SQLException {
        return new SlotState(
                rows.getString(1),
                rows.getString(2),
                rows.getBoolean(3),
                lsn(rows.getString(4)),
                lsn(rows.getString(5)),
                rows.getBoolean(6),
                rows.getString(7),
                rows.getBoolean(8),
                rows.getLong(9),
                lsn(rows.getString(10)));
    }

    private static Lsn lsn(@Nullable String text) {
        return text == null ? Lsn.ZERO : Lsn.parse(text);
    }

    static void closeQuietly(Connection session, SQLException cause) {
        try {
            session.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
