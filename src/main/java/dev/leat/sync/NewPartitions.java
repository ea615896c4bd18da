package dev.leat.sync;

import dev.leat.change.TableId;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.Publication;
import dev.leat.postgres.PublishedTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions that are made while a task goes on, of tables whose partitions are published one by one, as before
 * PostgreSQL 13. Those that nothing was written to yet join the task's own publication without a gap.
 */
final class NewPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(NewPartitions.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final SyncPlan plan;
    private final PublishedTables published;
    private final SyncListener listener;

    NewPartitions(SyncPlan plan, PublishedTables published, SyncListener listener) {
        this.plan = plan;
        this.published = published;
        this.listener = listener;
    }

    /** What is wrong with a table that the publication does not send as a whole. */
    static String unsent(CatalogTable table, String publication) {
        return table.partitioned()
                ? "has a partition that publication " + publication + " did not send"
                : TableWatch.takenOut(publication);
    }

    /** Whether all of a table is sent now, since what was missing were partitions that hold nothing yet. */
    boolean joined(CatalogTable table, Connection session) throws SQLException {
        if (!plan.ownsPublication() || !table.partitioned()) {
            return false;
        }
        List<TableId> unsent = published
                .unsentLeaves(session, List.of(table))
                .getOrDefault(table.table().oid(), List.of());
        for (TableId partition : unsent) {
            if (!added(session, partition)) {
                return false;
            }
            listener.happened(
                    "PARTITION_ADDED",
                    "Table " + table.table().id() + ": its new partition " + partition + " is sent from the start.");
        }
        return true;
    }

    private boolean added(Connection session, TableId partition) throws SQLException {
        try {
            return Publication.addEmpty(session, plan.publication(), partition);
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .log("A new partition cannot join the publication: {}", e.getMessage());
            return false;
        }
    }
}
