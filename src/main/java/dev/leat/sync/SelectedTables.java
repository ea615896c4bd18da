package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.PostgresSource;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskSettings;
import dev.leat.shape.TableShapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables that a run carries: those that the task selects, as the catalog has them, less those set aside. */
final class SelectedTables {

    private final TaskSettings task;
    private final PostgresSource source;
    private final TableShapes shapes;
    private final Checkpoints checkpoints;
    private final TableFailures failures;
    private final SyncStatus status;
    private final Map<TableId, TableProgress> saved = new HashMap<>();
    private final Set<TableId> resyncs;
    private final boolean followed;

    SelectedTables(
            TaskSettings task,
            PostgresSource source,
            TableShapes shapes,
            Checkpoints checkpoints,
            TableFailures failures,
            SyncStatus status) {
        this.task = task;
        this.source = source;
        this.shapes = shapes;
        this.checkpoints = checkpoints;
        this.failures = failures;
        this.status = status;
        read();
        this.resyncs = checkpoints.resyncs();
        // tables that are all late follow nothing yet, though the task has followed the log
        this.followed = saved.values().stream().anyMatch(table -> table.state() == TableProgress.State.FOLLOWING)
                || checkpoints.load().filter(Checkpoint::delivered).isPresent();
    }

    /** Takes note of what is saved. */
    void read() {
        checkpoints.tables().forEach(table -> saved.put(table.id(), table));
    }

    /** Finds them, and sets those aside that cannot be carried; progress of tables that are none any more is forgotten. */
    List<CatalogTable> find() {
        List<CatalogTable> present = new Catalog(source).tables(this::selected);
        forgetOthers(present);
        missing(present).forEach(this::refuseMissing);
        if (present.isEmpty()) {
            throw new SyncException(
                    FailureKind.SOURCE_OBJECT_MISSING, "Source " + source + ": the task's objects select no table.");
        }
        return present.stream().filter(this::carried).toList();
    }

    private boolean selected(TableId id) {
        return task.objects().ruleFor(id).isPresent();
    }

    /** One that comes back later comes as a new one: nobody followed its changes meanwhile. */
    private void forgetOthers(List<CatalogTable> present) {
        Set<TableId> gone = new HashSet<>(saved.keySet());
        present.forEach(table -> gone.remove(table.table().id()));
        task.objects().namedTables().forEach(gone::remove);
        checkpoints.forget(gone);
        saved.keySet().removeAll(gone);
    }

    private Set<TableId> missing(List<CatalogTable> present) {
        Set<TableId> missing = new HashSet<>(task.objects().namedTables());
        missing.removeIf(id -> !selected(id));
        saved.values().stream().filter(this::restsAside).map(TableProgress::id).forEach(missing::remove);
        present.forEach(table -> missing.remove(table.table().id()));
        return missing;
    }

    private void refuseMissing(TableId id) {
        fail(
                id,
                0,
                new SyncException(
                        FailureKind.SOURCE_OBJECT_MISSING, "Table " + id + ": does not exist in " + source + "."));
    }

    private boolean carried(CatalogTable table) {
        TableId id = table.table().id();
        TableProgress progress = saved.get(id);
        if (progress != null && restsAside(progress)) {
            status.table(progress);
            return false;
        }
        try {
            shapes.check(table.table());
            return true;
        } catch (SyncException e) {
            fail(id, table.estimatedRows(), e);
            return false;
        }
    }

    /** Sets those aside whose topics nothing can be written to. */
    List<CatalogTable> without(List<CatalogTable> tables, Map<String, SyncException> unusableTopics) {
        return tables.stream()
                .filter(table -> {
                    Optional<SyncException> failure = failure(table.table().id(), unusableTopics);
                    failure.ifPresent(
                            why -> failures.setAside(progress(table.table().id(), table.estimatedRows()), why));
                    return failure.isEmpty();
                })
                .toList();
    }

    private Optional<SyncException> failure(TableId id, Map<String, SyncException> unusableTopics) {
        return Optional.ofNullable(unusableTopics.get(shapes.topic(id)))
                .map(why -> new SyncException(why.kind(), "Table " + id + ": " + why.getMessage(), why.remedy(), why));
    }

    private boolean restsAside(TableProgress progress) {
        return progress.state() == TableProgress.State.SET_ASIDE && !resyncs.contains(progress.id());
    }

    private void fail(TableId id, long estimatedRows, SyncException failure) {
        failures.failed(progress(id, estimatedRows), failure);
    }

    private TableProgress progress(TableId id, long estimatedRows) {
        String topic = shapes.refusedTopic(id).isPresent() ? "" : shapes.topic(id);
        return Optional.ofNullable(saved.get(id))
                .orElseGet(() -> TableProgress.waiting(id, topic, Lsn.ZERO, estimatedRows));
    }

    /** Tables whose rows have to be copied, now or again. */
    List<CatalogTable> uncopied(List<CatalogTable> tables) {
        return task.has(Phase.FULL)
                ? tables.stream().filter(table -> !copied(table.table().id())).toList()
                : List.of();
    }

    /** Tables that do not follow the log yet, though the task does. */
    List<CatalogTable> late(List<CatalogTable> tables) {
        return task.has(Phase.FULL) ? tables.stream().filter(this::isLate).toList() : List.of();
    }

    private boolean isLate(CatalogTable table) {
        TableProgress progress = status.tables().get(table.table().id());
        return progress != null && progress.state() != TableProgress.State.FOLLOWING;
    }

    private boolean copied(TableId id) {
        TableProgress progress = saved.get(id);
        return progress != null && progress.copied() && !resyncs.contains(id);
    }

    /** Whether the task has followed the log before, so that tables that are not copied yet join those that are. */
    boolean followed() {
        return followed;
    }

    /** Tables that made progress before. */
    Set<TableId> known() {
        return saved.keySet();
    }

    /**
     * Tables that the task sees for the first time begin here, and so do those to be copied again; the others keep what
     * was saved.
     */
    void join(List<CatalogTable> tables, Checkpoint start) {
        List<TableProgress> joined = new ArrayList<>();
        for (CatalogTable table : tables) {
            TableProgress before = saved.get(table.table().id());
            if (before != null && !resyncs.contains(before.id())) {
                status.table(before);
            } else {
                TableProgress begun = begin(table, before, start);
                joined.add(begun);
                status.table(begun);
            }
        }
        checkpoints.save(joined);
    }

    private TableProgress begin(CatalogTable table, @Nullable TableProgress before, Checkpoint start) {
        TableId id = table.table().id();
        return TableProgress.waiting(id, shapes.topic(id), beginning(before, start), table.estimatedRows());
    }

    /**
     * Where a table's own changes begin. One of which the log was not followed without a gap begins at its snapshot,
     * which is not taken yet. One that is copied again has been told up to the checkpoint, or else up to where it began,
     * and rows that are deleted from there on are in no snapshot.
     */
    private Lsn beginning(@Nullable TableProgress before, Checkpoint start) {
        if (!task.has(Phase.FULL)) {
            return start.confirmable();
        }
        if (before == null) {
            return Lsn.ZERO;
        }
        return switch (before.state()) {
            case SET_ASIDE -> Lsn.ZERO;
            case WAITING, COPYING, COPIED -> before.asOf();
            case FOLLOWING -> start.confirmable().isBefore(start.commitLsn()) ? start.commitLsn() : start.confirmable();
        };
    }
}
