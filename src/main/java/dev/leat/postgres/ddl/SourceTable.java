package dev.leat.postgres.ddl;

import dev.leat.change.TableId;
import java.util.List;

/**
 * A table as the catalog has it; the root of partitions looks like any other.
 *
 * @param oid {@code pg_class.oid}
 * @param id its name
 * @param unlogged whether its rows are not in the log
 * @param parents OIDs of the tables that it inherits from
 * @param columns its columns, inherited ones too
 * @param constraints its constraints, inherited ones left out
 */
record SourceTable(
        long oid,
        TableId id,
        boolean unlogged,
        List<Long> parents,
        List<TableColumn> columns,
        List<TableConstraint> constraints) {

    Address address() {
        return new Address(Address.CLASS, oid);
    }
}
