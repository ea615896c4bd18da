package dev.leat.sync;

import dev.leat.change.Ddl;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Partitioning;
import dev.leat.kafka.Topic;
import dev.leat.kafka.format.DdlEncoder;
import dev.leat.kafka.format.DdlEncoders;
import dev.leat.kafka.format.DdlNews;
import dev.leat.kafka.format.DdlSpec;
import dev.leat.kafka.format.EncodedRecord;
import dev.leat.settings.PartitionPolicy;
import dev.leat.settings.TaskDestination;
import dev.leat.shape.TableShapes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends statements about the schema: to the task's DDL topic, all to its first partition so that they stay in order; or
 * to the topics of the tables' records, if the task says so; or nowhere.
 */
final class DdlRecords {

    private final SyncPlan plan;
    private final TableShapes shapes;
    private final Map<String, Topic> topics;
    private final DdlEncoder encoder;

    DdlRecords(SyncPlan plan, TableShapes shapes, Map<String, Topic> topics, AtomicLong recordNumber, Clock clock) {
        this.plan = plan;
        this.shapes = shapes;
        this.topics = topics;
        this.encoder = DdlEncoders.of(new DdlSpec(
                plan.task().names().apply(plan.source().database()),
                plan.taskName(),
                plan.version(),
                plan.task().format(),
                recordNumber,
                clock));
    }

    /** Whether the task has a place for them. */
    boolean wanted() {
        return plan.task().destination().ddlTopic() != null;
    }

    /** Where they go, for people. */
    String place() {
        return shapes.ddlTopic().map(topic -> "topic " + topic).orElse("the topics of the tables' records");
    }

    /**
     * Sends a statement.
     *
     * @param shape rows of its table as the source has them, when the statement changes them
     * @return whether it has a topic to go to
     */
    boolean send(Ddl statement, @Nullable Table shape, Origin origin, KafkaSink sink, Delivery delivery) {
        Optional<Topic> topic = topic(statement.table());
        topic.ifPresent(found -> {
            TableId table = statement.table() == null ? null : shapes.target(statement.table());
            DdlNews news = new DdlNews(statement, table, shape == null ? null : target(shape), origin);
            EncodedRecord record = new EncodedRecord(DdlEncoder.key(news), encoder.value(news), null, null, null, null);
            sink.send(
                    found,
                    partition(statement.table(), shape, found),
                    origin,
                    record,
                    "DDL of " + statement.schema() + "." + statement.object(),
                    delivery);
        });
        return topic.isPresent();
    }

    private @Nullable Table target(Table shape) {
        return shapes.compile(shape).map(compiled -> compiled.target()).orElse(null);
    }

    private Optional<Topic> topic(@Nullable TableId table) {
        Optional<String> name = shapes.ddlTopic();
        if (name.isEmpty()
                && TaskDestination.DDL_WITH_RECORDS.equals(
                        plan.task().destination().ddlTopic())) {
            name = table == null ? shapes.commonTopic() : Optional.of(shapes.topic(table));
        }
        return name.map(topics::get);
    }

    /** As the table's records go by table, so do its statements; else all have one place, where they stay in order. */
    private int partition(@Nullable TableId table, @Nullable Table shape, Topic topic) {
        PartitionPolicy policy = plan.task().kafka().partitioning();
        boolean byTable = policy == PartitionPolicy.TABLE
                || policy == PartitionPolicy.PRIMARY_KEY && shape != null && !shape.hasKey();
        return table == null || !byTable || shapes.ddlTopic().isPresent()
                ? 0
                : new Partitioning(PartitionPolicy.TABLE, plan.source().database(), table)
                        .partition(null, topic.partitions());
    }
}
