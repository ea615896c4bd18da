package dev.leat.sync;

import dev.leat.change.Ddl;
import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.shape.TableShapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells that the rows of a table look otherwise from here on. What was told last is remembered with its position: a
 * change that happens while no run is there is told by the next one, and what is read twice is not told backwards. Safe
 * for several threads.
 */
final class ShapeNews {

    private final Checkpoints checkpoints;
    private final Catalog catalog;
    private final TableShapes shapes;
    private final DdlRecords records;
    private final SyncListener listener;
    private final Map<TableId, KnownShape> known = new HashMap<>();

    ShapeNews(Checkpoints checkpoints, Catalog catalog, TableShapes shapes, DdlRecords records, SyncListener listener) {
        this.checkpoints = checkpoints;
        this.catalog = catalog;
        this.shapes = shapes;
        this.records = records;
        this.listener = listener;
        checkpoints.shapes().forEach(shape -> known.put(shape.id(), shape));
    }

    /** Tables are copied: they look as the catalog says, from the snapshot's position on. */
    synchronized void copied(List<CatalogTable> tables, Lsn snapshot, long micros, KafkaSink sink) {
        Origin origin = new Origin(snapshot.value(), snapshot.value(), 0, 0, micros, 0);
        List<KnownShape> now = new ArrayList<>();
        Map<Integer, Map<String, Integer>> numbers = numbers(tables);
        for (CatalogTable table : tables) {
            KnownShape shape = shape(table.table(), numbers, origin);
            KnownShape before = known.get(shape.id());
            if (before != null && !before.sameRows(shape)) {
                tell(before, shape, table.table(), origin, sink);
            }
            now.add(shape);
        }
        remember(now);
    }

    /** Tables are followed that were not copied; those without a shape yet look as the catalog says. */
    synchronized void followed(List<CatalogTable> tables, Lsn start) {
        List<CatalogTable> fresh = tables.stream()
                .filter(table -> !known.containsKey(table.table().id()))
                .toList();
        if (!fresh.isEmpty()) {
            Origin origin = new Origin(start.value(), start.value(), 0, 0, 0, 0);
            Map<Integer, Map<String, Integer>> numbers = numbers(fresh);
            remember(fresh.stream()
                    .map(table -> shape(table.table(), numbers, origin))
                    .toList());
        }
    }

    /** The log describes a table; told and remembered before the first row that looks so, if it is news. */
    synchronized void described(Table table, Origin at, KafkaSink sink) {
        requireOldRows(table);
        KnownShape before = known.get(table.id());
        KnownShape plain = shape(table, Map.of(), at);
        if (before == null || before.holdsAfter(at) || before.sameRows(plain) && before.sameKey(plain)) {
            return;
        }
        KnownShape after =
                shape(table, catalog.columnNumbers(List.of(table.oid())), at).numberedAs(before);
        if (!before.sameRows(after)) {
            tell(before, after, table, at, sink);
        }
        if (!before.sameKey(after)) {
            warnOfKey(before, after);
        }
        remember(List.of(after));
    }

    /** Records before and after have different keys: they may be in different partitions, and compaction keeps both. */
    private void warnOfKey(KnownShape before, KnownShape after) {
        listener.incident(
                "KEY_CHANGED",
                "Table " + after.id() + ": a row is identified by " + text(after) + " from here on, before by "
                        + text(before) + "; the records' keys change with it.",
                "Records under the former keys stay in the topic: readers that go by key start anew, or the task is"
                        + " restarted from the full phase into an empty topic.");
    }

    private static String text(KnownShape shape) {
        List<String> key = shape.key();
        return key == null || key.isEmpty() ? "no key" : "(" + String.join(", ", key) + ")";
    }

    /**
     * The log describes a partitioned table by its root alone, whatever the partition that a row comes from: one that
     * holds only keys would look as if all other columns had been null.
     */
    private void requireOldRows(Table table) {
        if (shapes.needsOldRows(table) && table.fullIdentity()) {
            List<TableId> without = catalog.partitionsWithoutFullIdentity(table.oid());
            if (!without.isEmpty()) {
                TableId partition = without.getFirst();
                throw new SyncException(
                        FailureKind.SETTINGS,
                        "Table " + table.id() + ": the log of its partition " + partition
                                + " does not hold whole old rows, which the filter reads.",
                        "ALTER TABLE " + partition.quoted() + " REPLICA IDENTITY FULL; then resync table " + table.id()
                                + ".",
                        null);
            }
        }
    }

    private void tell(KnownShape before, KnownShape after, Table table, Origin origin, KafkaSink sink) {
        List<String> actions = ShapeDifference.actions(before, after);
        if (records.wanted()) {
            Delivery delivery = sink.delivery();
            String alter = "ALTER TABLE " + shapes.target(table.id()).quoted() + " ";
            for (String action : actions) {
                Ddl statement = new Ddl(
                        alter + action,
                        Ddl.Action.ALTER,
                        table.id().schema(),
                        table.id().table(),
                        table.id());
                records.send(statement, table, origin, sink, delivery);
            }
            delivery.seal();
            // a row in the new shape must not be there before what explains it
            sink.flush(delivery);
        }
        listener.happened("SHAPE_CHANGED", "Table " + table.id() + ": " + String.join(", ", actions) + ".");
    }

    private void remember(List<KnownShape> now) {
        checkpoints.saveShapes(now);
        now.forEach(shape -> known.put(shape.id(), shape));
    }

    private Map<Integer, Map<String, Integer>> numbers(List<CatalogTable> tables) {
        return catalog.columnNumbers(
                tables.stream().map(table -> table.table().oid()).toList());
    }

    private KnownShape shape(Table table, Map<Integer, Map<String, Integer>> numbers, Origin at) {
        TableNames names = shapes.names(table);
        return KnownShape.of(
                table, names, numbers.getOrDefault(table.oid(), Map.of()), new Lsn(at.commitLsn()), at.index());
    }
}
