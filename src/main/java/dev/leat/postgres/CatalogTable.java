package dev.leat.postgres;

import dev.leat.change.Table;
import java.util.List;

/**
 * A table as the catalog describes it: its shape, and what matters for reading it.
 *
 * @param table the shape
 * @param partitioned whether it is the root of partitions and holds no rows itself
 * @param leaves OIDs of the partitions that hold a partitioned table's rows
 * @param replicaIdentity {@code pg_class.relreplident}: d(efault), n(othing), f(ull), i(ndex)
 * @param primaryKey whether it has a primary key
 * @param persistence {@code pg_class.relpersistence}: p(ermanent), u(nlogged), t(emporary)
 * @param estimatedRows the planner's estimate; 0 before the first ANALYZE
 * @param blocks size in blocks of 8 KiB
 */
public record CatalogTable(
        Table table,
        boolean partitioned,
        List<Integer> leaves,
        char replicaIdentity,
        boolean primaryKey,
        char persistence,
        long estimatedRows,
        long blocks) {}
