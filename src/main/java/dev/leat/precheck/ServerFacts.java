package dev.leat.precheck;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the source's server says of itself and of the user.
 *
 * @param versionNumber {@code server_version_num}, such as 120022
 * @param version {@code version()}
 * @param kernelVersion {@code adbpg_version} of AnalyticDB; empty elsewhere
 * @param user whom we are signed in as
 * @param mayReplicate whether the user's role says REPLICATION or superuser
 * @param mayCreate whether the user may create publications (CREATE on the database)
 * @param maxSlots {@code max_replication_slots}
 * @param usedSlots slots that exist
 * @param maxSenders {@code max_wal_senders}
 * @param usedSenders WAL senders that run
 */
record ServerFacts(
        int versionNumber,
        String version,
        String kernelVersion,
        String user,
        boolean mayReplicate,
        boolean mayCreate,
        int maxSlots,
        int usedSlots,
        int maxSenders,
        int usedSenders) {

    static final String QUERY = """
            SELECT current_setting('server_version_num')::int, version(),
                   coalesce(current_setting('adbpg_version', true), ''), current_user,
                   r.rolreplication OR r.rolsuper, has_database_privilege(current_database(), 'CREATE'),
                   current_setting('max_replication_slots')::int, (SELECT count(*) FROM pg_replication_slots),
                   current_setting('max_wal_senders')::int, (SELECT count(*) FROM pg_stat_replication)
            FROM pg_roles r WHERE r.rolname = current_user
            """;

    static ServerFacts read(ResultSet rows) throws SQLException {
        return new ServerFacts(
                rows.getInt(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getBoolean(5),
                rows.getBoolean(6),
                rows.getInt(7),
                rows.getInt(8),
                rows.getInt(9),
                rows.getInt(10));
    }
}
