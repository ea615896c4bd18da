package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Pace;
import dev.leat.kafka.RegisteredSchemas;
import dev.leat.kafka.Topic;
import dev.leat.kafka.Topics;
import dev.leat.kafka.format.RecordEncoders;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.ChangeAssembler;
import dev.leat.postgres.ChunkPlanner;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.Publication;
import dev.leat.postgres.RelationShapes;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.postgres.ReselectSession;
import dev.leat.postgres.SchemaReader;
import dev.leat.postgres.ShapeGuard;
import dev.leat.postgres.SnapshotExport;
import dev.leat.postgres.WalReader;
import dev.leat.settings.Phase;
import dev.leat.settings.ThrottleSettings;
import dev.leat.shape.TableShapes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One attempt at a task: takes it through its phases until it is complete, told to stop, or fails. */
public final class SyncRun {

    private static final Duration READ_PATIENCE = Duration.ofMillis(500);

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
        List<CatalogTable> tables = selectedTables();
        tables.forEach(table -> shapes.check(table.table()));
        if (plan.task().has(Phase.INCREMENTAL)) {
            new LogGaps(plan, source, checkpoints, listener).close(tables);
        }
        status.enter(Phase.SCHEMA);
        listener.phaseStarted(Phase.SCHEMA);
        Map<String, Topic> topics = new SchemaPhase(plan.task(), shapes, new Topics(kafka)).run(tables);
        try (RegisteredSchemas schemas =
                new RegisteredSchemas(plan.destination(), plan.task().format())) {
            RecordFacts facts = new RecordFacts(capabilities.version(), schemas);
            Routes routes = new Routes(plan, shapes, topics, facts, new Incidents(listener, status, clock), clock);
            register(tables, routes);
            DdlRecords ddl = new DdlRecords(plan, shapes, topics, facts, routes.recordNumber(), clock);
            tellSchema(ddl, tables);
            listener.phaseCompleted(Phase.SCHEMA);
            // before any snapshot is taken, so that nothing that happens to a table from then on is overlooked
            ShapeGuard guard = ShapeGuard.over(
                    source, plan.task().has(Phase.FULL) ? uncopied(tables, savedProgress()) : List.of());
            ShapeNews news = new ShapeNews(checkpoints, new Catalog(source), shapes, ddl, listener);
            Gear gear = new Gear(routes, news, guard);
            return plan.task().has(Phase.INCREMENTAL)
                    ? copyAndFollow(capabilities, tables, gear)
                    : copyOnly(capabilities, tables, gear);
        }
    }

    /** What both phases that send rows work with. */
    private record Gear(Routes routes, ShapeNews news, ShapeGuard guard) {}

    /** A table's schema is registered when its road is laid: for all of them before the first row of any is sent. */
    private void register(List<CatalogTable> tables, Routes routes) {
        boolean first = checkpoints.load().isEmpty();
        if (first
                && plan.task().has(Phase.SCHEMA)
                && RecordEncoders.useRegistry(plan.task().format())) {
            tables.forEach(table -> routes.to(table.table()));
        }
    }

    private void tellSchema(DdlRecords ddl, List<CatalogTable> tables) {
        if (plan.task().has(Phase.SCHEMA) && ddl.wanted()) {
            try (KafkaSink sink = sink(Pace.BULK)) {
                new SchemaNews(shapes, ddl, listener, clock)
                        .tell(
                                new SchemaReader(source),
                                tables,
                                savedProgress().keySet(),
                                plan.task().objects(),
                                sink);
            }
        }
    }

    private List<CatalogTable> selectedTables() {
        List<CatalogTable> tables = new Catalog(source)
                .tables(id -> plan.task().objects().ruleFor(id).isPresent());
        Set<TableId> missing = new HashSet<>(plan.task().objects().namedTables());
        tables.forEach(table -> missing.remove(table.table().id()));
        if (!missing.isEmpty()) {
            throw new SyncException(
                    FailureKind.SOURCE_OBJECT_MISSING,
                    "Table " + missing.stream().sorted().map(TableId::toString).collect(Collectors.joining(", "))
                            + ": does not exist in " + source + ".");
        }
        if (tables.isEmpty()) {
            throw new SyncException(
                    FailureKind.SOURCE_OBJECT_MISSING, "Source " + source + ": the task's objects select no table.");
        }
        return tables;
    }

    private End copyOnly(Capabilities capabilities, List<CatalogTable> tables, Gear gear) throws InterruptedException {
        if (!plan.task().has(Phase.FULL)) {
            return End.COMPLETED;
        }
        join(tables, Lsn.ZERO);
        List<CatalogTable> left = uncopied(tables);
        if (!left.isEmpty()) {
            copy(capabilities, left, gear, SnapshotExport.now(source));
        }
        return stopping.get() ? End.STOPPED : End.COMPLETED;
    }

    private End copyAndFollow(Capabilities capabilities, List<CatalogTable> tables, Gear gear)
            throws InterruptedException {
        // before the slot: a slot whose start knows no publication can never send what it publishes
        boolean fresh = new Publication(source, plan.publication()).ensure(tables, capabilities.publishesViaRoot());
        ReplicationSlot slot = new ReplicationSlot(source, plan.slot());
        if (fresh) {
            // one that is older than the publication would fail at every change from before it
            slot.evict(plan.applicationName());
            slot.skipToEnd();
        }
        SlotCare.Held held = new SlotCare(plan, slot, capabilities, checkpoints).hold();
        TableWatch tableWatch = new TableWatch(plan.publication(), tables, status, listener);
        try (SlotWatch watch = new SlotWatch(source, slot, capabilities.emitsMessages(), status, tableWatch)) {
            watch.start();
            status.confirmed(held.checkpoint().confirmable().value());
            join(tables, held.checkpoint().confirmable());
            copyRest(capabilities, tables, gear, slot, held);
            return stopping.get() ? End.STOPPED : follow(tables, gear, tableWatch, held.checkpoint());
        }
    }

    private void copyRest(
            Capabilities capabilities, List<CatalogTable> tables, Gear gear, ReplicationSlot slot, SlotCare.Held held)
            throws InterruptedException {
        List<CatalogTable> left = plan.task().has(Phase.FULL) ? uncopied(tables) : List.of();
        if (!left.isEmpty()) {
            ExportedSnapshot snapshot =
                    held.snapshot().orElseGet(() -> temporary(slot).createTemporary());
            copy(capabilities, left, gear, snapshot);
        } else {
            held.snapshot().ifPresent(ExportedSnapshot::close);
        }
    }

    private ReplicationSlot temporary(ReplicationSlot slot) {
        String name = slot.name();
        return new ReplicationSlot(source, name.substring(0, Math.min(name.length(), 58)) + "_copy");
    }

    /** Tables that the task sees for the first time begin here; the others keep what was saved. */
    private void join(List<CatalogTable> tables, Lsn asOf) {
        Map<TableId, TableProgress> saved = savedProgress();
        List<TableProgress> joined = new ArrayList<>();
        for (CatalogTable table : tables) {
            TableId id = table.table().id();
            TableProgress progress = saved.get(id);
            if (progress == null) {
                progress = TableProgress.waiting(id, shapes.topic(id), asOf, table.estimatedRows());
                joined.add(progress);
            }
            status.table(progress);
        }
        checkpoints.save(joined);
    }

    private Map<TableId, TableProgress> savedProgress() {
        return checkpoints.tables().stream().collect(Collectors.toMap(TableProgress::id, Function.identity()));
    }

    private List<CatalogTable> uncopied(List<CatalogTable> tables) {
        return uncopied(tables, status.tables());
    }

    private static List<CatalogTable> uncopied(List<CatalogTable> tables, Map<TableId, TableProgress> known) {
        return tables.stream()
                .filter(table -> {
                    TableProgress progress = known.get(table.table().id());
                    return progress == null || !progress.copied() && progress.state() != TableProgress.State.SET_ASIDE;
                })
                .toList();
    }

    private void copy(Capabilities capabilities, List<CatalogTable> tables, Gear gear, ExportedSnapshot snapshot)
            throws InterruptedException {
        status.enter(Phase.FULL);
        listener.phaseStarted(Phase.FULL);
        int readers = Math.min(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
                plan.task().ceiling().copyThreads());
        try (snapshot;
                KafkaSink sink = sink(Pace.BULK)) {
            if (plan.task().has(Phase.INCREMENTAL)) {
                gear.news()
                        .copied(
                                tables,
                                snapshot.consistentPoint(),
                                TimeUnit.MILLISECONDS.toMicros(clock.millis()),
                                sink);
            }
            new FullPhase(source, gear.routes(), sink, checkpoints, status, gear.guard(), fullThrottle, clock, stopping)
                    .run(snapshot, new ChunkPlanner(source, capabilities, readers), tables, readers);
        }
        if (!stopping.get()) {
            listener.phaseCompleted(Phase.FULL);
        }
    }

    private End follow(List<CatalogTable> tables, Gear gear, TableWatch tableWatch, Checkpoint start)
            throws InterruptedException {
        status.enter(Phase.INCREMENTAL);
        List<TableProgress> following = status.tables().values().stream()
                .filter(table -> table.state() != TableProgress.State.SET_ASIDE)
                .filter(table -> table.state() != TableProgress.State.FOLLOWING)
                .map(TableProgress::following)
                .toList();
        checkpoints.save(following);
        following.forEach(status::table);
        gear.news().followed(tables, start.confirmable());
        listener.phaseStarted(Phase.INCREMENTAL);
        WalQueue queue = new WalQueue();
        AckTracker tracker = new AckTracker(start);
        WalReader reader =
                WalReader.open(source, plan.slot(), plan.publication(), start.confirmable(), READ_PATIENCE, clock);
        RelationShapes relations = new RelationShapes(new Catalog(source), tables);
        ChangeAssembler assembler = new ChangeAssembler(relations, start.confirmable());
        try (WalPump pump = new WalPump(
                        reader,
                        queue,
                        tableWatch,
                        stopping,
                        Thread.currentThread().getName() + "-wal");
                KafkaSink sink = sink(Pace.PROMPT);
                ReselectSession reselecting = new ReselectSession(source);
                CheckpointSaver saver = new CheckpointSaver(tracker, checkpoints, reader, status, start);
                WholeTransactions whole =
                        RecordEncoders.needTransactionSize(plan.task().format())
                                ? new WholeTransactions(assembler, new ChangeAssembler(relations, start.confirmable()))
                                : null) {
            pump.start();
            saver.start();
            new IncrementalPhase(
                            gear.routes(),
                            reselecting,
                            assembler,
                            gear.news(),
                            sink,
                            tracker,
                            status,
                            start,
                            saver,
                            incrementalThrottle,
                            whole)
                    .run(queue);
        }
        return End.STOPPED;
    }

    private KafkaSink sink(Pace pace) {
        return new KafkaSink(kafka, plan.task().kafka(), plan.taskName(), pace);
    }
}
