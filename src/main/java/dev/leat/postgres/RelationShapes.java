package dev.leat.postgres;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.DataType.Kind;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.postgres.pgoutput.PgOutputMessage.Relation;
import dev.leat.postgres.pgoutput.PgOutputMessage.RelationColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the log's description of a relation into the shape of a table. The log names columns and type numbers; what a
 * type is and which columns identify a row comes from the catalog, asked only when the shape is not the known one.
 */
public final class RelationShapes {

    private static final Logger LOG = LoggerFactory.getLogger(RelationShapes.class);

    private final Catalog catalog;
    private final Map<Integer, Table> known = new HashMap<>();
    private final Map<Integer, Table> roots = new HashMap<>();

    /** Starts from the tables as the catalog describes them now. */
    public RelationShapes(Catalog catalog, List<CatalogTable> tables) {
        this.catalog = catalog;
        for (CatalogTable table : tables) {
            known.put(table.table().oid(), table.table());
            table.leaves().forEach(leaf -> roots.put(leaf, table.table()));
        }
    }

    /**
     * The shape of a relation; a partition's rows count as rows of its root. A table is told by its number and keeps the
     * name under which it is followed, whatever it is called meanwhile: by the name its changes would be nobody's.
     */
    public Table shape(Relation relation) {
        Table root = root(relation.oid());
        Table reference = root == null ? known.get(relation.oid()) : root;
        TableId called = new TableId(relation.schema(), relation.table());
        if (root == null && reference != null && !reference.id().equals(called)) {
            LOG.atWarn()
                    .addKeyValue("table", reference.id())
                    .log(
                            "Table {} is called {} in the log; it is followed under its former name",
                            reference.id(),
                            called);
        }
        if (reference != null && sameColumns(reference, relation)) {
            return reference;
        }
        Table shape = describe(relation, reference == null ? called : reference.id());
        if (root == null) {
            known.put(relation.oid(), shape);
        }
        return shape;
    }

    private @Nullable Table root(int oid) {
        Table root = roots.get(oid);
        if (root == null && !known.containsKey(oid)) {
            // a partition that was made while the log is followed
            root = catalog.root(oid).map(known::get).orElse(null);
            if (root != null) {
                roots.put(oid, root);
            }
        }
        return root;
    }

    /** Whether all known partitions of a relation's root are among relations; so it is when the relation is none. */
    boolean whole(int oid, Set<Integer> relations) {
        Table root = roots.get(oid);
        return root == null
                || roots.entrySet().stream()
                        .filter(leaf -> leaf.getValue().id().equals(root.id()))
                        .allMatch(leaf -> relations.contains(leaf.getKey()));
    }

    private static boolean sameColumns(Table table, Relation relation) {
        List<Column> columns = table.columns();
        if (columns.size() != relation.columns().size()
                || table.fullIdentity() != (relation.replicaIdentity() == 'f')
                || !sameKey(marked(relation), table.key())) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            RelationColumn described = relation.columns().get(i);
            boolean same = column.name().equals(described.name())
                    && column.type().oid() == described.typeOid()
                    && column.type().modifier() == described.typeModifier();
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private Table describe(Relation relation, TableId id) {
        Optional<Table> current = catalog.table(relation.oid()).map(CatalogTable::table);
        Map<Integer, DataType> types = catalog.types(relation.columns().stream()
                .map(RelationColumn::typeOid)
                .distinct()
                .toList());
        List<Column> columns = new ArrayList<>();
        for (RelationColumn column : relation.columns()) {
            DataType type = types.getOrDefault(column.typeOid(), gone(column.typeOid()));
            boolean notNull = current.stream()
                    .flatMap(table -> table.columns().stream())
                    .anyMatch(c -> c.name().equals(column.name()) && c.notNull());
            columns.add(new Column(column.name(), ShapeQueries.modified(type, column.typeModifier()), notNull));
        }
        boolean full = relation.replicaIdentity() == 'f';
        return new Table(relation.oid(), id, columns, key(relation, current), full);
    }

    /** Nothing marked means that the log does not tell: rows are identified as a whole, or not at all. */
    private static boolean sameKey(List<Integer> marked, List<Integer> key) {
        return marked.isEmpty() || Set.copyOf(marked).equals(Set.copyOf(key));
    }

    /** The catalog's key, which knows the order, if it is what the log marks; the catalog may be ahead of the log. */
    private static List<Integer> key(Relation relation, Optional<Table> current) {
        List<String> names =
                relation.columns().stream().map(RelationColumn::name).toList();
        List<Integer> key = current.map(table -> table.key().stream()
                        .map(i -> names.indexOf(table.columns().get(i).name()))
                        .toList())
                .orElse(List.of());
        List<Integer> marked = marked(relation);
        return !key.isEmpty() && !key.contains(-1) && sameKey(marked, key) ? key : marked;
    }

    private static List<Integer> marked(Relation relation) {
        List<Integer> marked = new ArrayList<>();
        for (int i = 0; i < relation.columns().size(); i++) {
            if (relation.columns().get(i).key() && relation.replicaIdentity() != 'f') {
                marked.add(i);
            }
        }
        return marked;
    }

    private static DataType gone(int oid) {
        return new DataType(oid, "unknown", "unknown", -1, Kind.BASE, null);
    }
}
