package dev.leat.connection;

import dev.leat.postgres.Catalog;
import dev.leat.postgres.PostgresFailures;
import dev.leat.postgres.PostgresSource;
import dev.leat.settings.SourceEndpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into a source for the user to choose from; the server searches and pages, however many tables there are. */
final class SourceBrowser {

    private static final String TABLES = """
            SELECT n.nspname, c.relname, c.relkind = 'p', greatest(c.reltuples, 0)::bigint,
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
              AND n.nspname <> 'information_schema' AND left(n.nspname, 3) <> 'pg_' AND left(n.nspname, 3) <> 'gp_'
              AND (? = '' OR n.nspname = ?)
              AND position(lower(?) IN lower(c.relname)) > 0
              AND (n.nspname, c.relname) > (?::name, ?::name)
            ORDER BY n.nspname, c.relname LIMIT ?
            """;

    private static final String COLUMNS = """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
                   coalesce(a.attnum = ANY (i.indkey), false), a.attgenerated <> ''
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    /** Those that are named as Leat names its own. */
    private static final String SLOTS = """
            SELECT s.slot_name, s.database, s.active,
                   coalesce(to_jsonb(s) ->> 'wal_status', '') = 'lost'
                     OR coalesce(to_jsonb(s) ->> 'invalidation_reason', '') <> '' OR s.restart_lsn IS NULL,
                   (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                     - s.restart_lsn)::bigint
            FROM pg_replication_slots s
            WHERE s.slot_type = 'logical' AND NOT s.temporary AND left(s.slot_name, 5) = 'leat_'
            ORDER BY s.slot_name
            """;

    private static final int QUERY_LIMIT_SECONDS = 20;

    private final PostgresSource source;

    SourceBrowser(SourceEndpoint endpoint) {
        this.source = new PostgresSource(endpoint, "leat-browse");
    }

    List<String> databases() {
        return new Catalog(source).databases();
    }

    List<String> schemas() {
        return new Catalog(source).schemas();
    }

    List<TableSummary> tables(TableSearch search) {
        return rows(
                TABLES,
                query -> {
                    query.setString(1, search.schema());
                    query.setString(2, search.schema());
                    query.setString(3, search.text());
                    query.setString(4, search.afterSchema());
                    query.setString(5, search.afterTable());
                    query.setInt(6, search.limit());
                },
                row -> new TableSummary(
                        row.getString(1), row.getString(2), row.getBoolean(3), row.getLong(4), row.getBoolean(5)));
    }

    List<ColumnSummary> columns(String schema, String table) {
        return rows(
                COLUMNS,
                query -> {
                    query.setString(1, schema);
                    query.setString(2, table);
                },
                row -> new ColumnSummary(
                        row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5)));
    }

    List<SlotSummary> slots() {
        return rows(
                SLOTS,
                query -> {},
                row -> new SlotSummary(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getObject(5, Long.class)));
    }

    private <T> List<T> rows(String sql, Binding binding, Reading<T> reading) {
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement(sql)) {
            query.setQueryTimeout(QUERY_LIMIT_SECONDS);
            binding.bind(query);
            List<T> read = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    read.add(reading.read(rows));
                }
            }
            return read;
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** Sets a query's parameters. */
    private interface Binding {
        void bind(PreparedStatement query) throws SQLException;
    }

    /** Reads one row. */
    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }
}
