package dev.leat.change;

import java.util.List;

/**
 * The shape of a table at one moment: what its rows look like until the next relation message.
 *
 * @param oid {@code pg_class.oid}
 * @param id its name
 * @param columns the columns in the catalog's order, without dropped and generated ones
 * @param key indexes into {@code columns} of what identifies a row, in the key's order; empty without one
 * @param fullIdentity whether the replica identity is FULL, so that changes carry whole old rows
 */
public record Table(int oid, TableId id, List<Column> columns, List<Integer> key, boolean fullIdentity) {

    public Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** Whether a row can be told from another. */
    public boolean hasKey() {
        return !key.isEmpty();
    }
}
