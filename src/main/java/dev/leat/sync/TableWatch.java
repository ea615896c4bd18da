package dev.leat.sync;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.PublishedTables;
import dev.leat.postgres.PublishedTables.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Notices what the log does not tell: that the source sends a table's changes no longer, or refuses to make them. Looked
 * at from aside, checked by the thread that reads the log.
 */
final class TableWatch {

    private static final int MOST_NAMED = 10;

    private final PublishedTables published;
    private final NewPartitions partitions;
    private final boolean own;
    private final List<CatalogTable> tables;
    private final TableFailures failures;
    private final SyncStatus status;
    private final SyncListener listener;
    private final Set<TableId> told = new HashSet<>();
    private volatile @Nullable SyncException failure;

    TableWatch(
            SyncPlan plan,
            List<CatalogTable> tables,
            TableFailures failures,
            SyncStatus status,
            SyncListener listener) {
        this.published = new PublishedTables(plan.publication());
        this.partitions = new NewPartitions(plan, published, listener);
        this.own = plan.ownsPublication();
        this.tables = tables;
        this.failures = failures;
        this.status = status;
        this.listener = listener;
    }

    /** Throws what was noticed, if the run must not go on with it. */
    void check() {
        SyncException noticed = failure;
        if (noticed != null) {
            throw noticed;
        }
    }

    /** Looks, in a session that is kept open. */
    void look(Connection session) throws SQLException {
        if (!published.exists(session)) {
            failure = LogGaps.publicationGone(published.publication());
            return;
        }
        if (own && !published.wholly(session)) {
            failure = gap(List.of("All tables: each " + LogGaps.narrowed(published.publication()) + "."));
            return;
        }
        List<CatalogTable> wanted =
                tables.stream().filter(table -> !setAside(table.table().id())).toList();
        Map<Integer, Standing> standing = published.standing(session, wanted);
        Set<Integer> cut = own ? published.cut(session) : Set.of();
        List<String> gaps = new ArrayList<>();
        for (CatalogTable table : wanted) {
            int oid = table.table().oid();
            look(table, Objects.requireNonNull(standing.get(oid)), session)
                    .or(() -> cut.contains(oid) ? Optional.of(LogGaps.cut(published.publication())) : Optional.empty())
                    .map(what -> "Table " + table.table().id() + ": " + what + ".")
                    .filter(what -> !setAside(table.table().id(), what))
                    .ifPresent(gaps::add);
        }
        failure = gaps.isEmpty() ? null : gap(gaps);
    }

    /** Whether the table is set aside for it, so that the others go on. */
    private boolean setAside(TableId table, String what) {
        TableProgress progress = status.tables().get(table);
        if (progress == null) {
            return false;
        }
        try {
            failures.failed(progress, gap(List.of(what)));
            return true;
        } catch (SyncException e) {
            return false;
        }
    }

    /** What is wrong with a table, if the run must not go on with it. */
    private Optional<String> look(CatalogTable table, Standing standing, Connection session) throws SQLException {
        TableId id = table.table().id();
        if (!standing.there()) {
            return lookForAnother(table, session);
        }
        if (!standing.published() && !partitions.joined(table, session)) {
            return Optional.of(NewPartitions.unsent(table, published.publication()));
        }
        if (!standing.identified() && (standing.identityOff() || identified(table)) && told.add(id)) {
            listener.incident(
                    "REPLICA_IDENTITY_MISSING",
                    "Table " + id + ": nothing identifies its rows in the log any more, so that the source refuses"
                            + " UPDATE and DELETE; INSERT goes on.",
                    "ALTER TABLE " + id.quoted() + " REPLICA IDENTITY "
                            + (table.primaryKey() ? "DEFAULT;" : "FULL; or give it a primary key."));
        }
        return Optional.empty();
    }

    /** A table that is gone is no fault; one that took its name is, as nobody sends its changes. */
    private Optional<String> lookForAnother(CatalogTable table, Connection session) throws SQLException {
        TableId id = table.table().id();
        if (published.madeAgain(session, table)) {
            return Optional.of(LogGaps.MADE_AGAIN);
        }
        if (told.add(id)) {
            listener.incident(
                    "TABLE_DROPPED",
                    "Table " + id + ": was dropped at the source; its records stay in the topic.",
                    "Take it out of the task's objects, if they name it.");
        }
        return Optional.empty();
    }

    private boolean setAside(TableId table) {
        TableProgress progress = status.tables().get(table);
        return progress != null && progress.state() == TableProgress.State.SET_ASIDE;
    }

    private static boolean identified(CatalogTable table) {
        return switch (table.replicaIdentity()) {
            case 'd' -> table.primaryKey();
            case 'n' -> false;
            default -> true;
        };
    }

    static String takenOut(String publication) {
        return "was taken out of publication " + publication + ", so that its changes are not sent";
    }

    private static SyncException gap(List<String> gaps) {
        return new SyncException(
                FailureKind.SOURCE_SCHEMA_CHANGED,
                gaps.stream().limit(MOST_NAMED).collect(Collectors.joining(" "))
                        + (gaps.size() > MOST_NAMED ? " So it is with " + (gaps.size() - MOST_NAMED) + " more." : ""),
                "Resume the task, which copies what is named anew. Rows that were deleted meanwhile stay in the topic.",
                null);
    }
}
