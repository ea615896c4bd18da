package dev.leat.precheck;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The segments of an AnalyticDB, as its coordinator lists them. */
final class Segments {

    private static final String LISTED = "SELECT to_regclass('pg_catalog.gp_segment_configuration') IS NOT NULL";

    private static final String QUERY = """
            SELECT content, role::text, preferred_role::text, status::text, hostname
            FROM gp_segment_configuration ORDER BY content, role DESC
            """;

    private Segments() {}

    /** All of them; empty where the source has no such list. */
    static List<Segment> read(PrecheckContext context) {
        return context.source().query(LISTED, rows -> rows.getBoolean(1)).getFirst()
                ? context.source().query(QUERY, Segment::read)
                : List.of();
    }

    /**
     * One of them.
     *
     * @param content its number; -1 for the coordinator
     * @param role p(rimary) or m(irror)
     * @param preferred the role that it was set up for
     * @param status u(p) or d(own)
     * @param host the machine that it is on
     */
    record Segment(int content, String role, String preferred, String status, String host) {

        static Segment read(ResultSet rows) throws SQLException {
            return new Segment(
                    rows.getInt(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5));
        }

        boolean standby() {
            return content == -1 && role.equals("m");
        }
    }
}
