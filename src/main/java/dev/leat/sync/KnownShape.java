package dev.leat.sync;

import dev.leat.change.Column;
import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a table's rows that was last told to the readers of its records.
 *
 * @param id the table
 * @param oid {@code pg_class.oid} of the relation that was described
 * @param commitLsn transaction from which on it holds
 * @param index place in that transaction from which on it holds
 * @param columns the columns that stand in records, under their names there
 * @param key names of the columns that identify a row at the source; null when that was never noted
 */
public record KnownShape(
        TableId id,
        int oid,
        Lsn commitLsn,
        int index,
        List<KnownColumn> columns,
        @Nullable List<String> key) {

    /**
     * A column.
     *
     * @param number {@code pg_attribute.attnum}; 0 when it is not known
     * @param name its name in records
     * @param type its type as one declares it
     */
    public record KnownColumn(int number, String name, String type) {}

    public KnownShape {
        columns = List.copyOf(columns);
        key = key == null ? null : List.copyOf(key);
    }

    /** The shape of a table from a position on. */
    static KnownShape of(Table table, TableNames names, Map<String, Integer> numbers, Lsn commitLsn, int index) {
        List<KnownColumn> columns = table.columns().stream()
                .filter(column -> names.columns().containsKey(column.name()))
                .map(column -> column(column, names, numbers))
                .toList();
        List<String> key =
                table.key().stream().map(i -> table.columns().get(i).name()).toList();
        return new KnownShape(table.id(), table.oid(), commitLsn, index, columns, key);
    }

    private static KnownColumn column(Column column, TableNames names, Map<String, Integer> numbers) {
        return new KnownColumn(
                numbers.getOrDefault(column.name(), 0),
                names.columns().getOrDefault(column.name(), column.name()),
                column.type().declared());
    }

    /** The same with the numbers of columns that were there before; the catalog may be ahead of the log. */
    KnownShape numberedAs(KnownShape before) {
        Map<String, Integer> numbers = new HashMap<>();
        if (before.oid == oid) {
            before.columns.forEach(column -> numbers.put(column.name(), column.number()));
        }
        List<KnownColumn> numbered = columns.stream()
                .map(column -> new KnownColumn(
                        numbers.getOrDefault(column.name(), column.number()), column.name(), column.type()))
                .toList();
        return new KnownShape(id, oid, commitLsn, index, numbered, key);
    }

    /** Whether rows look alike; partitions may have their columns in another order. */
    boolean sameRows(KnownShape other) {
        return types().equals(other.types());
    }

    /** Whether rows are identified by the same columns; true when that is not known of one of them. */
    boolean sameKey(KnownShape other) {
        return key == null || other.key == null || Set.copyOf(key).equals(Set.copyOf(other.key));
    }

    /** Whether a position comes before the shape, because the log is read once more. */
    boolean holdsAfter(Origin position) {
        int order = Long.compareUnsigned(position.commitLsn(), commitLsn.value());
        return order < 0 || order == 0 && position.index() < index;
    }

    private Map<String, String> types() {
        Map<String, String> types = new HashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }
}
