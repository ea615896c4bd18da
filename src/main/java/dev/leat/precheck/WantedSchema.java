package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.kafka.format.EncoderSpec;
import dev.leat.kafka.format.RecordEncoders;
import dev.leat.kafka.format.SchemaIds;
import dev.leat.postgres.CatalogTable;
import dev.leat.settings.PartitionPolicy;
import dev.leat.settings.TaskSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A schema that the task would register.
 *
 * @param table the table whose records it describes
 * @param subject where it would be registered
 * @param schema the schema as JSON
 */
record WantedSchema(TableId table, String subject, String schema) {

    /** The schemas of all tables: their encoders are compiled as for a run, and what they ask for is noted. */
    static List<WantedSchema> of(PrecheckContext context, List<CatalogTable> tables) {
        List<WantedSchema> wanted = new ArrayList<>();
        for (CatalogTable described : tables) {
            Table table = described.table();
            SchemaIds notes = (subject, schema) -> {
                wanted.add(new WantedSchema(table.id(), subject, schema));
                return 0;
            };
            context.shapes()
                    .compile(table)
                    .map(shape -> spec(
                            context,
                            shape.target(),
                            shape.topic(),
                            context.shapes().partitionColumns(table),
                            notes))
                    .ifPresent(RecordEncoders::compile);
        }
        return List.copyOf(wanted);
    }

    /** What the encoder of a table is compiled from, as for a run. */
    static EncoderSpec spec(
            PrecheckContext context, Table target, String topic, List<Integer> partitionColumns, SchemaIds ids) {
        TaskSettings task = context.task();
        return new EncoderSpec(
                target,
                task.names().apply(context.plan().source().database()),
                context.plan().taskName(),
                "",
                task.format(),
                task.unavailableValues(),
                task.kafka().partitioning() == PartitionPolicy.PRIMARY_KEY,
                partitionColumns,
                new AtomicLong(),
                Clock.systemUTC(),
                topic,
                "",
                ids);
    }
}
