package dev.leat.postgres;

import dev.leat.change.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the source can do, asked once per run rather than deduced from its version, because vendors backport.
 *
 * @param version {@code server_version}, for people to read
 * @param systemIdentifier the cluster's own number
 * @param timeline the cluster's timeline; 0 of a standby, whose timeline may change while it is read
 * @param publishesViaRoot whether a publication can send partitions under their root's name (13)
 * @param tidRanges whether {@code ctid} ranges are read without a whole scan (14)
 * @param emitsMessages whether {@code pg_logical_emit_message} may be called
 * @param segmented whether rows are spread over segments, so that {@code ctid} is not unique
 * @param failoverSlots whether a slot can be kept on standbys too (17)
 * @param walLevel {@code wal_level}
 * @param walEnd the end of the log
 */
public record Capabilities(
        String version,
        String systemIdentifier,
        int timeline,
        boolean publishesViaRoot,
        boolean tidRanges,
        boolean emitsMessages,
        boolean segmented,
        boolean failoverSlots,
        String walLevel,
        Lsn walEnd) {

    private static final Pattern MAJOR = Pattern.compile("\\d{1,4}");

    /** Taken from the name of the present segment: right after a promotion the control file still tells the old one. */
    private static final String TIMELINE = """
            SELECT CASE WHEN pg_is_in_recovery() THEN 0
              ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END::text
            """;

    private static final String WAL_END =
            "SELECT CASE WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_replay_lsn(), '0/0')"
                    + " ELSE pg_current_wal_lsn() END::text";

    /** Whether it follows a primary, and can be read only. */
    public boolean standby() {
        return timeline == 0;
    }

    /** Whether it sends logical messages to readers of its log (14); asked of its version, as nothing else tells. */
    public boolean sendsMessages() {
        Matcher major = MAJOR.matcher(version);
        return major.lookingAt() && Integer.parseInt(major.group()) >= 14;
    }

    /** Asks the source. */
    public static Capabilities probe(PostgresSource source) {
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            return new Capabilities(
                    text(statement, "SHOW server_version"),
                    text(statement, "SELECT system_identifier::text FROM pg_control_system()"),
                    Integer.parseInt(text(statement, TIMELINE)),
                    has(statement, "pg_publication", "pubviaroot"),
                    tidRanges(statement),
                    Boolean.parseBoolean(text(statement, """
                            SELECT bool_or(has_function_privilege(oid, 'EXECUTE'))::text
                            FROM pg_proc WHERE proname = 'pg_logical_emit_message'
                            """)),
                    has(statement, "pg_class", "gp_segment_id"),
                    has(statement, "pg_replication_slots", "failover")
                            && text(statement, "SELECT pg_is_in_recovery()::text")
                                    .equals("false"),
                    text(statement, "SHOW wal_level"),
                    Lsn.parse(text(statement, WAL_END)));
        } catch (SQLException e) {
            throw PostgresFailures.of("Source " + source, e);
        }
    }

    private static boolean has(Statement statement, String relation, String column) throws SQLException {
        return !text(
                        statement,
                        "SELECT count(*)::text FROM pg_attribute WHERE attrelid = 'pg_catalog." + relation
                                + "'::regclass AND attname = '" + column + "'")
                .equals("0");
    }

    private static boolean tidRanges(Statement statement) throws SQLException {
        statement.execute("SET enable_seqscan = off");
        String plan = text(statement, "EXPLAIN SELECT FROM pg_class WHERE ctid >= '(0,0)' AND ctid < '(1,0)'");
        statement.execute("RESET enable_seqscan");
        return plan.contains("Tid Range Scan");
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            String value = rows.next() ? rows.getString(1) : null;
            return value == null ? "" : value;
        }
    }
}
