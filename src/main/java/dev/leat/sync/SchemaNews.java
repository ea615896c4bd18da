package dev.leat.sync;

import dev.leat.change.Ddl;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.SchemaReader;
import dev.leat.settings.ObjectSelection;
import dev.leat.shape.TableShapes;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells the schema of the tables that the task sees for the first time, and of everything in schemas that it selects
 * whole. A table that has made progress was told before; a crash before that tells it again.
 */
final class SchemaNews {

    private static final int MAX_TOLD = 10;

    private final TableShapes shapes;
    private final DdlRecords records;
    private final SyncListener listener;
    private final Clock clock;

    SchemaNews(TableShapes shapes, DdlRecords records, SyncListener listener, Clock clock) {
        this.shapes = shapes;
        this.records = records;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Tells; returns when Kafka has acknowledged all of it.
     *
     * @param known tables that were told before
     */
    void tell(
            SchemaReader reader,
            List<CatalogTable> tables,
            Set<TableId> known,
            ObjectSelection selection,
            KafkaSink sink) {
        Map<TableId, Table> fresh = new LinkedHashMap<>();
        tables.stream()
                .map(CatalogTable::table)
                .filter(table -> !known.contains(table.id()))
                .forEach(table -> fresh.put(table.id(), table));
        if (!fresh.isEmpty()) {
            // what belongs to no table comes with the first tables, and only then
            Predicate<String> whole = known.isEmpty() ? selection::wholeSchema : schema -> false;
            Map<TableId, TableNames> names =
                    fresh.values().stream().collect(Collectors.toMap(Table::id, shapes::names));
            send(reader.read(names, whole), fresh, sink);
        }
    }

    private void send(SchemaReader.Schema schema, Map<TableId, Table> tables, KafkaSink sink) {
        Delivery delivery = sink.delivery();
        long micros = TimeUnit.MILLISECONDS.toMicros(clock.millis());
        Set<Ddl> homeless = new HashSet<>();
        int index = 0;
        for (Ddl statement : schema.statements()) {
            Table shape = statement.action() == Ddl.Action.CREATE ? tables.get(statement.table()) : null;
            Origin origin = new Origin(0, 0, index++, 0, micros, 0);
            if (!records.send(statement, shape, origin, sink, delivery)) {
                homeless.add(statement);
            }
        }
        delivery.seal();
        sink.flush(delivery);
        report(schema, homeless.size());
    }

    private void report(SchemaReader.Schema schema, int homeless) {
        int told = schema.statements().size() - homeless;
        listener.happened("SCHEMA_TOLD", told + " DDL statements written to " + records.place() + ".");
        if (homeless > 0) {
            listener.happened(
                    "SCHEMA_LEFT_OUT",
                    homeless + " DDL statements belong to no table and have no topic to go to. Name a DDL topic to have"
                            + " them.");
        }
        if (!schema.leftOut().isEmpty()) {
            int more = schema.leftOut().size() - MAX_TOLD;
            listener.happened(
                    "SCHEMA_LEFT_OUT",
                    "Not in the DDL: "
                            + schema.leftOut().stream().limit(MAX_TOLD).collect(Collectors.joining("; "))
                            + (more > 0 ? "; and " + more + " more." : "."));
        }
    }
}
