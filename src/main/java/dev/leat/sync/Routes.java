package dev.leat.sync;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Partitioning;
import dev.leat.kafka.Topic;
import dev.leat.kafka.format.EncoderSpec;
import dev.leat.kafka.format.RecordEncoder;
import dev.leat.kafka.format.RecordEncoders;
import dev.leat.settings.PartitionPolicy;
import dev.leat.settings.TaskSettings;
import dev.leat.shape.TableShape;
import dev.leat.shape.TableShapes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lays the roads of a run's tables. Safe for several threads; each takes routes of its own. */
final class Routes {

    private final SyncPlan plan;
    private final TableShapes shapes;
    private final Map<String, Topic> topics;
    private final RecordFacts facts;
    private final Clock clock;
    private final AtomicLong recordNumber;

    Routes(SyncPlan plan, TableShapes shapes, Map<String, Topic> topics, RecordFacts facts, Clock clock) {
        this.plan = plan;
        this.shapes = shapes;
        this.topics = topics;
        this.facts = facts;
        this.clock = clock;
        // numbers go up over restarts too, as no run sends a record per microsecond
        this.recordNumber = new AtomicLong(TimeUnit.MILLISECONDS.toMicros(clock.millis()));
    }

    /** The road of a table as it looks now; empty when the task does not select it. */
    Optional<Route> to(Table table) {
        return shapes.compile(table)
                .map(shape -> new Route(
                        shape,
                        encoder(table, shape),
                        topic(table.id(), shape.topic()),
                        new Partitioning(
                                plan.task().kafka().partitioning(),
                                plan.source().database(),
                                table.id())));
    }

    private RecordEncoder encoder(Table table, TableShape shape) {
        TaskSettings task = plan.task();
        return RecordEncoders.compile(new EncoderSpec(
                shape.target(),
                task.names().apply(plan.source().database()),
                plan.taskName(),
                plan.version(),
                task.format(),
                task.unavailableValues(),
                task.kafka().partitioning() == PartitionPolicy.PRIMARY_KEY,
                shapes.partitionColumns(table),
                recordNumber,
                clock,
                shape.topic(),
                facts.sourceVersion(),
                facts.schemas()));
    }

    private Topic topic(TableId table, String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            throw new SyncException(
                    FailureKind.DESTINATION_TOPIC_MISSING,
                    "Table " + table + ": its topic " + name + " was not there when the run started.");
        }
        return topic;
    }
}
