package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Pace;
import dev.leat.kafka.RegisteredSchemas;
import dev.leat.kafka.Topic;
import dev.leat.kafka.TopicSpec;
import dev.leat.kafka.Topics;
import dev.leat.kafka.format.RecordEncoders;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.postgres.Heartbeat;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.Publication;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.postgres.SchemaReader;
import dev.leat.postgres.ShapeGuard;
import dev.leat.postgres.SnapshotExport;
import dev.leat.settings.OnTableFailure;
import dev.leat.settings.Phase;
import dev.leat.settings.ThrottleSettings;
import dev.leat.shape.TableShapes;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One attempt at a task: takes it through its phases until it is complete, told to stop, or fails. */
public final class SyncRun {

    private final SyncPlan plan;
    private final Checkpoints checkpoints;
    private final SyncListener listener;
    private final Clock clock;
    private final PostgresSource source;
    private final KafkaClients kafka;
    private final TableShapes shapes;
    private final SyncStatus status;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Throttle fullThrottle;
    private final Throttle incrementalThrottle;

    /** A run that has not begun. */
    public SyncRun(SyncPlan plan, Checkpoints checkpoints, SyncListener listener, Clock clock) {
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.listener = listener;
        this.clock = clock;
        this.source = new PostgresSource(plan.source(), plan.applicationName());
        this.kafka = new KafkaClients(plan.destination(), plan.applicationName());
        this.shapes = new TableShapes(plan.task(), plan.source().database());
        this.status = new SyncStatus(clock);
        ThrottleSettings limits = plan.task().throttle();
        this.fullThrottle = new Throttle(limits.full(), 0, stopping);
        this.incrementalThrottle =
                new Throttle(limits.incremental(), plan.task().ceiling().rowsPerSecond(), stopping);
    }

    /** How a run ended that did not fail. */
    public enum End {
        /** All phases are complete; only a task without the incremental phase gets there. */
        COMPLETED,
        /** It was told to stop; another run goes on from the checkpoint. */
        STOPPED
    }

    /** The run's live numbers. */
    public SyncStatus status() {
        return status;
    }

    /** Tells the run to stop: what was read is delivered and saved first. Returns at once. */
    public void drain() {
        stopping.set(true);
    }

    /** Goes by other limits from now on. */
    public void throttle(ThrottleSettings limits) {
        fullThrottle.limit(limits.full());
        incrementalThrottle.limit(limits.incremental());
    }

    /**
     * Runs until the end.
     *
     * @throws SyncException when it cannot go on
     * @throws InterruptedException when its thread is interrupted; what is not saved is sent again by the next run
     */
    public End run() throws InterruptedException {
        Capabilities capabilities = Capabilities.probe(source);
        MessageRecords.require(plan, capabilities);
        if (plan.task().has(Phase.INCREMENTAL)) {
            // before anything is written to either end: this may be another server than before
            new SlotCare(plan, source, capabilities, checkpoints).verify();
        }
        TableFailures failures = new TableFailures(plan.task().onTableFailure(), checkpoints, status, listener);
        SelectedTables selected = new SelectedTables(plan.task(), source, shapes, checkpoints, failures, status);
        List<CatalogTable> tables = selected.find();
        if (plan.task().has(Phase.INCREMENTAL)) {
            new LogGaps(plan, source, checkpoints, listener).close(tables);
            selected.read();
        }
        status.enter(Phase.SCHEMA);
        listener.phaseStarted(Phase.SCHEMA);
        SchemaPhase schema = new SchemaPhase(plan.task(), shapes, new Topics(kafka));
        tables = selected.without(tables, unusable(schema.ofRecords(tables)));
        Map<String, Topic> topics = schema.run(tables);
        try (RegisteredSchemas schemas =
                new RegisteredSchemas(plan.destination(), plan.task().format())) {
            RecordFacts facts = new RecordFacts(capabilities.version(), schemas);
            Routes routes = new Routes(plan, shapes, topics, facts, new Incidents(listener, status, clock), clock);
            register(tables, routes);
            DdlRecords ddl = new DdlRecords(plan, shapes, topics, facts, routes.recordNumber(), clock);
            tellSchema(ddl, tables, selected.known(), topics.values());
            listener.phaseCompleted(Phase.SCHEMA);
            // before any snapshot is taken, so that nothing that happens to a table from then on is overlooked
            ShapeGuard guard = ShapeGuard.over(source, selected.uncopied(tables));
            ShapeNews news = new ShapeNews(checkpoints, new Catalog(source), shapes, ddl, listener);
            Gear gear = new Gear(
                    plan,
                    source,
                    capabilities,
                    kafka,
                    topics.values(),
                    routes,
                    news,
                    new MessageRecords(plan, shapes.messageTopic().map(topics::get), clock),
                    guard,
                    failures,
                    checkpoints,
                    status,
                    listener,
                    clock,
                    stopping);
            return plan.task().has(Phase.INCREMENTAL)
                    ? copyAndFollow(tables, selected, gear)
                    : copyOnly(tables, selected, gear);
        }
    }

    /** Nothing is asked for where such a topic stops the task anyway. */
    private Map<String, SyncException> unusable(List<TopicSpec> topics) {
        boolean creates = plan.task().has(Phase.SCHEMA) && plan.destination().createTopics();
        return plan.task().onTableFailure() == OnTableFailure.STOP
                ? Map.of()
                : new UnusableTopics(kafka, creates).among(topics);
    }

    /** A table's schema is registered when its road is laid: for all of them before the first row of any is sent. */
    private void register(List<CatalogTable> tables, Routes routes) {
        boolean first = checkpoints.load().isEmpty();
        if (first
                && plan.task().has(Phase.SCHEMA)
                && RecordEncoders.useRegistry(plan.task().format())) {
            tables.forEach(table -> routes.to(table.table()));
        }
    }

    private void tellSchema(DdlRecords ddl, List<CatalogTable> tables, Set<TableId> known, Collection<Topic> topics) {
        if (plan.task().has(Phase.SCHEMA) && ddl.wanted()) {
            try (KafkaSink sink = new KafkaSink(kafka, plan.task().kafka(), plan.taskName(), Pace.BULK, topics)) {
                new SchemaNews(shapes, ddl, listener, clock)
                        .tell(
                                new SchemaReader(source),
                                tables,
                                known,
                                plan.task().objects(),
                                sink);
            }
        }
    }

    private End copyOnly(List<CatalogTable> tables, SelectedTables selected, Gear gear) throws InterruptedException {
        if (!plan.task().has(Phase.FULL)) {
            return End.COMPLETED;
        }
        selected.join(tables, Checkpoint.start(plan.slot(), gear.capabilities(), Lsn.ZERO));
        copyFirst(selected.uncopied(tables), gear, () -> SnapshotExport.now(source));
        return stopping.get() ? End.STOPPED : End.COMPLETED;
    }

    private End copyAndFollow(List<CatalogTable> tables, SelectedTables selected, Gear gear)
            throws InterruptedException {
        // before the slot: a slot whose start knows no publication can never send what it publishes
        Publication publication = new Publication(source, plan.publication());
        boolean fresh = publication.ensure(tables, gear.capabilities().publishesViaRoot(), plan.ownsPublication());
        Heartbeat heartbeat = heartbeat(gear.capabilities());
        heartbeat.prepare(source, publication);
        ReplicationSlot slot = new ReplicationSlot(source, plan.slot());
        if (fresh) {
            // one that is older than the publication would fail at every change from before it
            slot.evict(plan.applicationName());
            slot.skipToEnd();
        }
        SlotCare.Held held = new SlotCare(plan, source, gear.capabilities(), checkpoints).hold();
        SlotInspection inspection = new SlotInspection(plan, clock);
        TableWatch tableWatch = new TableWatch(plan, tables, gear.failures(), status, listener);
        try (SlotWatch watch = new SlotWatch(source, slot, heartbeat, inspection, status, listener, tableWatch)) {
            watch.start();
            status.confirmed(held.checkpoint().confirmable().value());
            selected.join(tables, held.checkpoint());
            SnapshotCopy copy = new SnapshotCopy(gear, fullThrottle);
            if (!selected.followed()) {
                copyFirst(selected.uncopied(tables), gear, () -> held.snapshot().orElseGet(copy::snapshot));
            }
            held.snapshot().ifPresent(ExportedSnapshot::close);
            if (!stopping.get()) {
                List<CatalogTable> late = selected.followed() ? selected.late(tables) : List.of();
                new Following(gear, copy, incrementalThrottle, held.checkpoint()).run(tables, late, tableWatch);
            }
            return End.STOPPED;
        }
    }

    private Heartbeat heartbeat(Capabilities capabilities) {
        // a standby takes no message, and tells of what its primary writes by itself
        boolean messages = capabilities.emitsMessages() && !capabilities.standby();
        return new Heartbeat(plan.slot(), plan.task().source().slotCare().heartbeat(), messages);
    }

    /** The first copy, before the log is followed. */
    private void copyFirst(List<CatalogTable> left, Gear gear, Supplier<ExportedSnapshot> snapshots)
            throws InterruptedException {
        if (left.isEmpty()) {
            return;
        }
        status.enter(Phase.FULL);
        listener.phaseStarted(Phase.FULL);
        try (ExportedSnapshot snapshot = snapshots.get()) {
            SnapshotCopy copy = new SnapshotCopy(gear, fullThrottle);
            copy.begin(left, snapshot);
            copy.copy(left, snapshot, copy.readers());
        }
        if (!stopping.get()) {
            listener.phaseCompleted(Phase.FULL);
        }
    }
}
