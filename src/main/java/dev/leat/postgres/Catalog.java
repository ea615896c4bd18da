package dev.leat.postgres;

import dev.leat.change.DataType;
import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the source's catalog; every method is a handful of queries, however many tables there are. */
public final class Catalog {

    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relkind = 'p' AS partitioned, c.relreplident, c.relpersistence,
                   greatest(c.reltuples, 0)::bigint AS estimated_rows,
                   CASE c.relkind WHEN 'r' THEN pg_relation_size(c.oid) / current_setting('block_size')::bigint ELSE 0 END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('information_schema', 'gp_toolkit') AND left(n.nspname, 3) <> 'pg_'
            """;

    private static final String SELECTABLE = TABLES + " AND NOT c.relispartition ORDER BY n.nspname, c.relname";
    private static final String BY_OID = TABLES + " AND c.oid = ?";

    private static final String WITHOUT_FULL_IDENTITY = """
            WITH RECURSIVE tree(oid) AS (
              SELECT i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent
              WHERE i.inhparent = ?::oid AND c.relkind = 'p'
              UNION ALL SELECT i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid)
            SELECT n.nspname, c.relname FROM tree t JOIN pg_class c ON c.oid = t.oid
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.relreplident <> 'f' ORDER BY 1, 2
            """;

    private static final String ROOT = "SELECT pg_partition_root(?::oid::regclass)::oid";

    private final PostgresSource source;

    /** A catalog reader; a session is opened for each call. */
    public Catalog(PostgresSource source) {
        this.source = source;
    }

    /**
     * The tables that a task may select, in the order of their names; partitions count as part of their root.
     *
     * @throws SyncException when the source cannot be read
     */
    public List<CatalogTable> tables(Predicate<TableId> wanted) {
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement(SELECTABLE)) {
            List<RelationRow> relations = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    RelationRow relation = RelationRow.read(rows);
                    if (wanted.test(relation.id())) {
                        relations.add(relation);
                    }
                }
            }
            return new ShapeQueries(session).describe(relations);
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** One table by its OID; empty when it is gone. */
    public Optional<CatalogTable> table(int oid) {
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement(BY_OID)) {
            query.setLong(1, Integer.toUnsignedLong(oid));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? new ShapeQueries(session)
                                .describe(List.of(RelationRow.read(rows))).stream()
                                        .findFirst()
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** The topmost table that a relation is a partition of; empty when it is none, or is gone. */
    public Optional<Integer> root(int oid) {
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement(ROOT)) {
            query.setLong(1, Integer.toUnsignedLong(oid));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && rows.getLong(1) != 0 ? Optional.of((int) rows.getLong(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** Partitions of a table, at any depth, whose log holds no whole old rows; none for a plain table. */
    public List<TableId> partitionsWithoutFullIdentity(int root) {
        List<TableId> found = new ArrayList<>();
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement(WITHOUT_FULL_IDENTITY)) {
            query.setLong(1, Integer.toUnsignedLong(root));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new TableId(rows.getString(1), rows.getString(2)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** Types by their OIDs; those that are gone are left out. */
    public Map<Integer, DataType> types(Collection<Integer> oids) {
        try (Connection session = source.session()) {
            return new ShapeQueries(session).types(oids);
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** Numbers of tables' columns ({@code pg_attribute.attnum}) by name, which stay when a column is renamed. */
    public Map<Integer, Map<String, Integer>> columnNumbers(Collection<Integer> tables) {
        try (Connection session = source.session()) {
            return new ShapeQueries(session).columnNumbers(tables);
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** Databases that one may connect to, by name. */
    public List<String> databases() {
        return names("SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1");
    }

    /** Schemas that hold users' objects, by name. */
    public List<String> schemas() {
        return names("""
                SELECT nspname FROM pg_namespace
                WHERE nspname NOT IN ('information_schema', 'gp_toolkit') AND left(nspname, 3) <> 'pg_' ORDER BY 1
                """);
    }

    /**
     * Names of tables of a schema that contain a text in any case, by name.
     *
     * @param limit at most so many
     */
    public List<String> tableNames(String schema, String text, int limit) {
        return names("""
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND position(lower(?) IN lower(c.relname)) > 0
                ORDER BY 1 LIMIT ?::int
                """, schema, text, Integer.toString(limit));
    }

    private List<String> names(String sql, String... parameters) {
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            List<String> names = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }
}
