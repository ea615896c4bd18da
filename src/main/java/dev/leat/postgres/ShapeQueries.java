package dev.leat.postgres;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.DataType.Kind;
import dev.leat.change.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The queries that turn OIDs into shapes: columns, types, keys and partitions, each read for all tables at once. */
final class ShapeQueries {

    private static final String COLUMNS = """
            SELECT attrelid, attname, atttypid, atttypmod, attnotnull FROM pg_attribute
            WHERE attrelid = ANY (?) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            ORDER BY attrelid, attnum
            """;

    /** Unique keys over plain columns; the columns come in the key's order. */
    private static final String KEYS = """
            SELECT i.indrelid, i.indisprimary, i.indisreplident,
                   ARRAY(SELECT a.attname::text FROM unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY AS k(attnum, place)
                         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum ORDER BY k.place)
            FROM pg_index i
            WHERE i.indrelid = ANY (?) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
            ORDER BY i.indexrelid
            """;

    private static final String LEAVES = """
            WITH RECURSIVE tree(root, oid) AS (
              SELECT inhparent, inhrelid FROM pg_inherits WHERE inhparent = ANY (?)
              UNION ALL SELECT t.root, i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid)
            SELECT t.root, t.oid FROM tree t JOIN pg_class c ON c.oid = t.oid WHERE c.relkind = 'r' ORDER BY 1, 2
            """;

    private static final String TYPES = """
            WITH RECURSIVE used(oid) AS (
              SELECT unnest(?::oid[])
              UNION
              SELECT CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END
              FROM used u JOIN pg_type t ON t.oid = u.oid
              WHERE t.typtype = 'd' OR t.typelem <> 0 AND t.typlen = -1)
            SELECT t.oid, t.typname, format_type(t.oid, NULL), t.typtype,
                   t.typelem <> 0 AND t.typlen = -1 AND t.typname NOT IN ('int2vector', 'oidvector') AS is_array,
                   CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END, t.typtypmod,
                   t.typdelim::text
            FROM used u JOIN pg_type t ON t.oid = u.oid
            """;

    private final Connection session;

    ShapeQueries(Connection session) {
        this.session = session;
    }

    List<CatalogTable> describe(List<RelationRow> relations) throws SQLException {
        List<Integer> oids = relations.stream().map(RelationRow::oid).toList();
        Map<Integer, List<ColumnRow>> columns = columns(oids);
        Set<Integer> typeOids = new HashSet<>();
        columns.values().forEach(list -> list.forEach(column -> typeOids.add(column.typeOid)));
        Map<Integer, DataType> types = types(typeOids);
        Map<Integer, List<Key>> keys = keys(oids);
        // a table that others inherit from is no root: their rows are theirs
        Map<Integer, List<Integer>> leaves = leaves(relations.stream()
                .filter(RelationRow::partitioned)
                .map(RelationRow::oid)
                .toList());
        return relations.stream()
                .map(relation -> describe(
                        relation,
                        columns.getOrDefault(relation.oid(), List.of()),
                        types,
                        keys.getOrDefault(relation.oid(), List.of()),
                        leaves.getOrDefault(relation.oid(), List.of())))
                .toList();
    }

    Map<Integer, DataType> types(Collection<Integer> oids) throws SQLException {
        Map<Integer, TypeRow> rows = new HashMap<>();
        try (PreparedStatement query = session.prepareStatement(TYPES)) {
            query.setArray(1, oidArray(oids));
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.put((int) result.getLong(1), TypeRow.read(result));
                }
            }
        }
        Map<Integer, DataType> types = new HashMap<>();
        rows.forEach((oid, row) -> types.put(oid, build(oid, -1, rows)));
        return types;
    }

    Map<Integer, Map<String, Integer>> columnNumbers(Collection<Integer> oids) throws SQLException {
        Map<Integer, Map<String, Integer>> numbers = new HashMap<>();
        try (PreparedStatement query = session.prepareStatement(
                "SELECT attrelid, attname, attnum FROM pg_attribute WHERE attrelid = ANY (?) AND attnum > 0")) {
            query.setArray(1, oidArray(oids));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    numbers.computeIfAbsent((int) rows.getLong(1), oid -> new HashMap<>())
                            .put(rows.getString(2), rows.getInt(3));
                }
            }
        }
        return numbers;
    }

    private static CatalogTable describe(
            RelationRow relation,
            List<ColumnRow> columnRows,
            Map<Integer, DataType> types,
            List<Key> keys,
            List<Integer> leaves) {
        List<Column> columns = columnRows.stream().map(row -> row.column(types)).toList();
        boolean primary = keys.stream().anyMatch(Key::primary);
        Table table = new Table(
                relation.oid(),
                relation.id(),
                columns,
                chosenKey(keys, columns, relation.replicaIdentity()),
                relation.replicaIdentity() == 'f');
        return new CatalogTable(
                table,
                relation.partitioned(),
                leaves,
                relation.replicaIdentity(),
                primary,
                relation.persistence(),
                relation.estimatedRows(),
                relation.blocks());
    }

    /**
     * The key that identifies rows in records. A chosen replica-identity index comes before the primary key, because it
     * is all that the log tells of a deleted row; then the primary key; then a unique key that cannot be null.
     */
    private static List<Integer> chosenKey(List<Key> keys, List<Column> columns, char replicaIdentity) {
        return keys.stream()
                .filter(key -> key.primary || key.replicaIdentity || key.notNull(columns))
                .filter(key -> !key.indexes(columns).isEmpty())
                .min(Comparator.comparing((Key key) -> !(replicaIdentity == 'i' && key.replicaIdentity))
                        .thenComparing(key -> !key.primary))
                .map(key -> key.indexes(columns))
                .orElse(List.of());
    }

    private Map<Integer, List<ColumnRow>> columns(List<Integer> oids) throws SQLException {
        Map<Integer, List<ColumnRow>> columns = new HashMap<>();
        try (PreparedStatement query = session.prepareStatement(COLUMNS)) {
            query.setArray(1, oidArray(oids));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                            .add(new ColumnRow(
                                    rows.getString(2), (int) rows.getLong(3), rows.getInt(4), rows.getBoolean(5)));
                }
            }
        }
        return columns;
    }

    private Map<Integer, List<Key>> keys(List<Integer> oids) throws SQLException {
        Map<Integer, List<Key>> keys = new HashMap<>();
        try (PreparedStatement query = session.prepareStatement(KEYS)) {
            query.setArray(1, oidArray(oids));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    keys.computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                            .add(new Key(rows.getBoolean(2), rows.getBoolean(3), List.of((String[])
                                    rows.getArray(4).getArray())));
                }
            }
        }
        return keys;
    }

    private Map<Integer, List<Integer>> leaves(List<Integer> oids) throws SQLException {
        Map<Integer, List<Integer>> leaves = new HashMap<>();
        try (PreparedStatement query = session.prepareStatement(LEAVES)) {
            query.setArray(1, oidArray(oids));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    leaves.computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                            .add((int) rows.getLong(2));
                }
            }
        }
        return leaves;
    }

    private java.sql.Array oidArray(Collection<Integer> oids) throws SQLException {
        return session.createArrayOf(
                "oid", oids.stream().map(Integer::toUnsignedLong).toArray());
    }

    private static DataType build(int oid, int modifier, Map<Integer, TypeRow> rows) {
        TypeRow row = rows.get(oid);
        if (row == null) {
            return unknown(oid);
        }
        DataType inner = row.innerOid == 0 ? null : modified(build(row.innerOid, -1, rows), row.modifier);
        return new DataType(oid, row.name, row.sqlName, modifier, row.kind, inner, row.delimiter);
    }

    private static DataType unknown(int oid) {
        return new DataType(oid, "unknown", "unknown", -1, Kind.BASE, null);
    }

    /** A type with a column's modifier; an array's element and a domain without one of its own take it over. */
    static DataType modified(DataType type, int modifier) {
        DataType inner = type.inner();
        DataType modifiedInner = inner != null && type.kind() == Kind.ARRAY ? modified(inner, modifier) : inner;
        return new DataType(
                type.oid(), type.name(), type.sqlName(), modifier, type.kind(), modifiedInner, type.delimiter());
    }

    private record ColumnRow(String name, int typeOid, int modifier, boolean notNull) {

        Column column(Map<Integer, DataType> types) {
            DataType type = types.getOrDefault(typeOid, unknown(typeOid));
            return new Column(name, modified(type, modifier), notNull);
        }
    }

    private record TypeRow(String name, String sqlName, Kind kind, int innerOid, int modifier, char delimiter) {

        static TypeRow read(ResultSet rows) throws SQLException {
            boolean array = rows.getBoolean(5);
            Kind kind = switch (rows.getString(4)) {
                case "e" -> Kind.ENUM;
                case "d" -> Kind.DOMAIN;
                case "c" -> Kind.COMPOSITE;
                case "r", "m" -> Kind.RANGE;
                default -> array ? Kind.ARRAY : Kind.BASE;
            };
            int inner = kind == Kind.ARRAY || kind == Kind.DOMAIN ? (int) rows.getLong(6) : 0;
            char delimiter = rows.getString(8).charAt(0);
            return new TypeRow(rows.getString(2), rows.getString(3), kind, inner, rows.getInt(7), delimiter);
        }
    }

    private record Key(boolean primary, boolean replicaIdentity, List<String> names) {

        boolean notNull(List<Column> columns) {
            return columns.stream().filter(c -> names.contains(c.name())).allMatch(Column::notNull);
        }

        List<Integer> indexes(List<Column> columns) {
            List<Integer> indexes = new ArrayList<>();
            for (String name : names) {
                indexes.add(indexOf(name, columns));
            }
            // a key over a generated column cannot be told from the log
            return indexes.contains(-1) ? List.of() : indexes;
        }

        private static int indexOf(String name, List<Column> columns) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equals(name)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
