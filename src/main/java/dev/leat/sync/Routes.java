package dev.leat.sync;

import dev.leat.change.Chunk;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.DeadLetters;
import dev.leat.kafka.Partitioning;
import dev.leat.kafka.Topic;
import dev.leat.kafka.format.EncodedRecords;
import dev.leat.kafka.format.EncoderSpec;
import dev.leat.kafka.format.RecordEncoder;
import dev.leat.kafka.format.RecordEncoders;
import dev.leat.postgres.Reselect;
import dev.leat.postgres.ReselectSession;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.OnRowError;
import dev.leat.settings.Operation;
import dev.leat.settings.PartitionPolicy;
import dev.leat.settings.TableEtl;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.UnavailableValues;
import dev.leat.shape.TableShape;
import dev.leat.shape.TableShapes;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Lays the roads of a run's tables. Safe for several threads; each takes routes of its own. */
final class Routes {

    private final SyncPlan plan;
    private final TableShapes shapes;
    private final Map<String, Topic> topics;
    private final RecordFacts facts;
    private final Incidents incidents;
    private final Clock clock;
    private final AtomicLong recordNumber;

    Routes(
            SyncPlan plan,
            TableShapes shapes,
            Map<String, Topic> topics,
            RecordFacts facts,
            Incidents incidents,
            Clock clock) {
        this.plan = plan;
        this.shapes = shapes;
        this.topics = topics;
        this.facts = facts;
        this.incidents = incidents;
        this.clock = clock;
        // numbers go up over restarts too, as no run sends a record per microsecond
        this.recordNumber = new AtomicLong(TimeUnit.MILLISECONDS.toMicros(clock.millis()));
    }

    /** The road of a table as it looks now; empty when the task does not select it. */
    Optional<Route> to(Table table) {
        return shapes.compile(table).map(shape -> route(table, shape, null));
    }

    /** The same for changes from the log, which lack values that did not change. */
    Optional<Route> to(Table table, ReselectSession session) {
        boolean reselects = plan.task().unavailableValues() == UnavailableValues.RESELECT && wantsUpdates(table.id());
        return shapes.compile(table)
                .map(shape ->
                        route(table, shape, reselects ? new Reselect(session, table, excluded(table.id())) : null));
    }

    private Route route(Table table, TableShape shape, @Nullable Reselect reselect) {
        String database = plan.source().database();
        Partitioning partitioning = new Partitioning(plan.task().kafka().partitioning(), database, table.id());
        Outlet outlet =
                new Outlet(encoder(table, shape), new EncodedRecords(), topic(table.id(), shape.topic()), partitioning);
        return new Route(reselect, shape, outlet, oversized(table, shape, outlet), refusedRows(table.id()));
    }

    private Oversized oversized(Table table, TableShape shape, Outlet outlet) {
        Set<Integer> kept = new HashSet<>(shape.target().key());
        kept.addAll(shapes.partitionColumns(table));
        return new Oversized(
                plan.task().kafka().tooLarge(), outlet, deadLetters(table.id()), incidents, shape.target(), kept);
    }

    private RefusedRows refusedRows(TableId table) {
        OnRowError policy = plan.task().etl().stream()
                .filter(etl -> etl.id().equals(table))
                .map(TableEtl::onError)
                .findFirst()
                .orElse(OnRowError.STOP);
        boolean sendsLetters = policy == OnRowError.DEAD_LETTER;
        return new RefusedRows(policy, sendsLetters ? deadLetters(table).orElseThrow() : null, incidents);
    }

    private Optional<DeadLetters> deadLetters(TableId table) {
        return plan.task().sendsDeadLetters()
                ? Optional.of(new DeadLetters(
                        topic(table, shapes.deadLetterTopic(table)),
                        plan.source().database(),
                        table))
                : Optional.empty();
    }

    private boolean wantsUpdates(TableId table) {
        return plan.task()
                .objects()
                .ruleFor(table)
                .map(ObjectRule::operations)
                .orElse(plan.task().operations())
                .contains(Operation.UPDATE);
    }

    private List<String> excluded(TableId table) {
        return plan.task()
                .objects()
                .ruleFor(table)
                .map(rule -> rule.columns().exclude())
                .orElse(List.of());
    }

    /** The task's running number of records. */
    AtomicLong recordNumber() {
        return recordNumber;
    }

    /** A chunk of a table without the rows that its filter drops. */
    Chunk filtered(Chunk chunk) {
        return shapes.condition(chunk.table()).map(chunk::where).orElse(chunk);
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
