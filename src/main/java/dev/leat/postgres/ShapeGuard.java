package dev.leat.postgres;

import dev.leat.change.Column;
import dev.leat.change.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells whether tables were altered since it was made. A copy does not notice by itself: what rewrites a table leaves it
 * empty in the eyes of an older snapshot, and a column that is added in between is in no copied row.
 */
public final class ShapeGuard {

    /** A column's row in the catalog is a new one whenever the column is altered, even to what it was. */
    private static final String VERSIONS = """
            SELECT c.oid,
                   c.relpersistence::text || coalesce(string_agg(a.attnum || ':' || a.xmin, ',' ORDER BY a.attnum), '') AS version,
                   ARRAY(SELECT v.attname || ' ' || v.atttypid || ' ' || v.atttypmod FROM pg_attribute v
                         WHERE v.attrelid = c.oid AND v.attnum > 0 AND NOT v.attisdropped AND v.attgenerated = ''
                         ORDER BY v.attnum) AS columns
            FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.oid = ANY (?) GROUP BY c.oid, c.relpersistence
            """;

    private final PostgresSource source;
    private final Map<Integer, Version> versions;

    private ShapeGuard(PostgresSource source, Map<Integer, Version> versions) {
        this.source = source;
        this.versions = versions;
    }

    /** Watches tables from now on; a session is opened for each look. */
    public static ShapeGuard over(PostgresSource source, Collection<CatalogTable> tables) {
        return new ShapeGuard(source, read(source, tables));
    }

    /** Those of the tables that were altered since they were described, or since the guard was made. */
    public List<CatalogTable> altered(Collection<CatalogTable> tables) {
        Map<Integer, Version> now = read(source, tables);
        return tables.stream().filter(table -> altered(table, now)).toList();
    }

    private boolean altered(CatalogTable table, Map<Integer, Version> now) {
        Version root = now.get(table.table().oid());
        if (root == null || !root.columns().equals(columns(table.table()))) {
            return true;
        }
        // partitions come and go in daily work; one that is still there must be what it was
        return relations(table)
                .anyMatch(oid -> now.containsKey(oid)
                        && !now.get(oid)
                                .text()
                                .equals(versions.getOrDefault(oid, Version.NONE).text()));
    }

    private static Stream<Integer> relations(CatalogTable table) {
        return Stream.concat(Stream.of(table.table().oid()), table.leaves().stream());
    }

    private static List<String> columns(Table table) {
        return table.columns().stream().map(ShapeGuard::text).toList();
    }

    private static String text(Column column) {
        return column.name() + " " + Integer.toUnsignedLong(column.type().oid()) + " "
                + column.type().modifier();
    }

    private static Map<Integer, Version> read(PostgresSource source, Collection<CatalogTable> tables) {
        Map<Integer, Version> versions = new HashMap<>();
        if (tables.isEmpty()) {
            return versions;
        }
        try (Connection session = source.session();
                PreparedStatement query = session.prepareStatement(VERSIONS)) {
            Array oids = session.createArrayOf(
                    "oid",
                    tables.stream()
                            .flatMap(ShapeGuard::relations)
                            .map(Integer::toUnsignedLong)
                            .toArray());
            query.setArray(1, oids);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    versions.put((int) rows.getLong(1), new Version(rows.getString(2), List.of((String[])
                            rows.getArray(3).getArray())));
                }
            }
            return versions;
        } catch (SQLException e) {
            throw PostgresFailures.of("Catalog of " + source, e);
        }
    }

    /** A relation's columns, and a text that is another one after every change to them. */
    private record Version(String text, List<String> columns) {

        static final Version NONE = new Version("", List.of());
    }
}
