package dev.leat.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the source can do, asked once per run rather than deduced from its version, because vendors backport.
 *
 * @param version {@code server_version}, for people to read
 * @param systemIdentifier the cluster's own number
 * @param timeline the cluster's timeline
 * @param publishesViaRoot whether a publication can send partitions under their root's name (13)
 * @param tidRanges whether {@code ctid} ranges are read without a whole scan (14)
 * @param emitsMessages whether {@code pg_logical_emit_message} may be called
 * @param segmented whether rows are spread over segments, so that {@code ctid} is not unique
 * @param walLevel {@code wal_level}
 */
public record Capabilities(
        String version,
        String systemIdentifier,
        int timeline,
        boolean publishesViaRoot,
        boolean tidRanges,
        boolean emitsMessages,
        boolean segmented,
        String walLevel) {

    /** Asks the source. */
    public static Capabilities probe(PostgresSource source) {
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            return new Capabilities(
                    text(statement, "SHOW server_version"),
                    text(statement, "SELECT system_identifier::text FROM pg_control_system()"),
                    Integer.parseInt(text(statement, "SELECT timeline_id::text FROM pg_control_checkpoint()")),
                    has(statement, "pg_publication", "pubviaroot"),
                    tidRanges(statement),
                    Boolean.parseBoolean(text(statement, """
                            SELECT bool_or(has_function_privilege(oid, 'EXECUTE'))::text
                            FROM pg_proc WHERE proname = 'pg_logical_emit_message'
                            """)),
                    has(statement, "pg_class", "gp_segment_id"),
                    text(statement, "SHOW wal_level"));
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
