package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.PostgresFailures;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.Publication;
import dev.leat.postgres.PublishedTables;
import dev.leat.postgres.PublishedTables.Standing;
import dev.leat.settings.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds, before a run goes on, tables whose changes the log does not hold without a gap, and has them copied anew: else
 * what was written in the gap would be lost in silence.
 */
final class LogGaps {

    static final String MADE_AGAIN = "was dropped and made again, and the changes of the new one are not sent";

    private final SyncPlan plan;
    private final PostgresSource source;
    private final Checkpoints checkpoints;
    private final SyncListener listener;

    LogGaps(SyncPlan plan, PostgresSource source, Checkpoints checkpoints, SyncListener listener) {
        this.plan = plan;
        this.source = source;
        this.checkpoints = checkpoints;
        this.listener = listener;
    }

    /** What is wrong with tables of a publication that was told to leave operations out. */
    static String narrowed(String publication) {
        return "lacks changes in the log, as publication " + publication + " was told to leave operations out";
    }

    static String cut(String publication) {
        return "lacks changes in the log, as publication " + publication + " was told to leave rows or columns out";
    }

    /** The failure of a publication that is gone while somebody follows it. */
    static SyncException publicationGone(String publication) {
        return new SyncException(
                FailureKind.SOURCE_OBJECT_MISSING,
                "Publication " + publication + ": was dropped while the task follows it.",
                Publication.GONE_REMEDY,
                null);
    }

    /** Makes those that have a gap wait for their copy; to be called before the publication is completed. */
    void close(List<CatalogTable> tables) {
        if (checkpoints.load().isEmpty()) {
            return;
        }
        Map<TableId, TableProgress> progress =
                checkpoints.tables().stream().collect(Collectors.toMap(TableProgress::id, Function.identity()));
        List<CatalogTable> followed = tables.stream()
                .filter(table -> hasBegun(progress.get(table.table().id())))
                .toList();
        Map<CatalogTable, String> gaps = gaps(followed);
        if (!gaps.isEmpty() && !plan.task().has(Phase.FULL)) {
            throw refused(gaps);
        }
        copyAnew(gaps, progress);
    }

    /** One whose rows are copied is told of from its snapshot on, also before it follows. */
    private static boolean hasBegun(@Nullable TableProgress table) {
        return table != null && (table.copied() || table.state() == TableProgress.State.COPYING);
    }

    private Map<CatalogTable, String> gaps(List<CatalogTable> followed) {
        try (Connection session = source.session()) {
            PublishedTables published = new PublishedTables(plan.publication());
            if (!published.exists(session)) {
                throw publicationGone(plan.publication());
            }
            if (plan.ownsPublication() && !published.wholly(session)) {
                return followed.stream()
                        .collect(Collectors.toMap(Function.identity(), table -> narrowed(plan.publication())));
            }
            Map<Integer, Standing> standing = published.standing(session, followed);
            NewPartitions partitions = new NewPartitions(plan, published, listener);
            Map<CatalogTable, String> gaps = gaps(followed, standing, table -> partitions.joined(table, session));
            if (plan.ownsPublication()) {
                Set<Integer> cut = published.cut(session);
                followed.stream()
                        .filter(table -> cut.contains(table.table().oid()))
                        .forEach(table -> gaps.putIfAbsent(table, cut(plan.publication())));
            }
            return gaps;
        } catch (SQLException e) {
            throw PostgresFailures.of("Publication " + plan.publication(), e);
        }
    }

    private Map<CatalogTable, String> gaps(
            List<CatalogTable> followed, Map<Integer, Standing> standing, Joined partitions) throws SQLException {
        Map<TableId, Integer> numbers =
                checkpoints.shapes().stream().collect(Collectors.toMap(KnownShape::id, KnownShape::oid));
        Map<CatalogTable, String> gaps = new LinkedHashMap<>();
        for (CatalogTable table : followed) {
            int oid = table.table().oid();
            // the shape of a table whose rows come under its leaves' names has the number of a leaf
            boolean same =
                    table.partitioned() || numbers.getOrDefault(table.table().id(), oid) == oid;
            if (!same) {
                gaps.put(table, MADE_AGAIN);
            } else if (!Objects.requireNonNull(standing.get(oid)).published() && !partitions.test(table)) {
                gaps.put(table, NewPartitions.unsent(table, plan.publication()));
            }
        }
        return gaps;
    }

    /** Whether what is not sent of a table can be sent from the start. */
    private interface Joined {

        boolean test(CatalogTable table) throws SQLException;
    }

    /** What the log told before the gap is older than the copy that comes after it, so they begin at that. */
    private void copyAnew(Map<CatalogTable, String> gaps, Map<TableId, TableProgress> progress) {
        List<TableProgress> waiting = new ArrayList<>();
        gaps.forEach((table, what) -> {
            TableId id = table.table().id();
            String topic = Objects.requireNonNull(progress.get(id)).topic();
            waiting.add(TableProgress.waiting(id, topic, Lsn.ZERO, table.estimatedRows()));
            listener.incident(
                    "COPIED_ANEW",
                    "Table " + id + ": " + what + "; it is copied anew.",
                    "Nothing, if rows that were deleted meanwhile may stay in the topic; else empty the topic and restart"
                            + " the task from the full phase.");
        });
        checkpoints.save(waiting);
    }

    private static SyncException refused(Map<CatalogTable, String> gaps) {
        Map.Entry<CatalogTable, String> first = gaps.entrySet().iterator().next();
        return new SyncException(
                FailureKind.SOURCE_SCHEMA_CHANGED,
                "Table " + first.getKey().table().id() + ": " + first.getValue()
                        + "; the task has no full phase that would copy it anew.",
                "Add the FULL phase to the task, which then copies the table anew; or clone the task and release this one:"
                        + " the clone goes on from the present end of the log.",
                null);
    }
}
