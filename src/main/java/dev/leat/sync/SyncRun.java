package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
        TableFailures failures = new TableFailures(plan.task().onTableFailure(), checkpoints, status, listener);
        SelectedTables selected = new SelectedTables(plan.task(), source, shapes, checkpoints, failures, status);
        List<CatalogTable> tables = selected.find();
        status.enter(Phase.SCHEMA);
        listener.phaseStarted(Phase.SCHEMA);
        Map<String, Topic> topics = new SchemaPhase(plan.task(), shapes, new Topics(kafka)).run(tables);
        try (RegisteredSchemas schemas =
                new RegisteredSchemas(plan.destination(), plan.task().format())) {
            RecordFacts facts = new RecordFacts(capabilities.version(), schemas);
            Routes routes = new Routes(plan, shapes, topics, facts, new Incidents(listener, status, clock), clock);
            register(tables, routes);
            DdlRecords ddl = new DdlRecords(plan, shapes, topics, facts, routes.recordNumber(), clock);
            tellSchema(ddl, tables, selected.known());
            listener.phaseCompleted(Phase.SCHEMA);
            // before any snapshot is taken, so that nothing that happens to a table from then on is overlooked
            ShapeGuard guard = ShapeGuard.over(source, selected.uncopied(tables));
            ShapeNews news = new ShapeNews(checkpoints, new Catalog(source), shapes, ddl, listener);
            Gear gear = new Gear(routes, news, guard, failures, checkpoints, status);
            return plan.task().has(Phase.INCREMENTAL)
                    ? copyAndFollow(capabilities, tables, selected, gear)
                    : copyOnly(capabilities, tables, selected, gear);
        }
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

    private void tellSchema(DdlRecords ddl, List<CatalogTable> tables, Set<TableId> known) {
        if (plan.task().has(Phase.SCHEMA) && ddl.wanted()) {
            try (KafkaSink sink = sink(Pace.BULK)) {
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

    private End copyOnly(Capabilities capabilities, List<CatalogTable> tables, SelectedTables selected, Gear gear)
            throws InterruptedException {
        if (!plan.task().has(Phase.FULL)) {
            return End.COMPLETED;
        }
        selected.join(tables, Checkpoint.start(plan.slot(), capabilities.systemIdentifier(), Lsn.ZERO));
        List<CatalogTable> left = selected.uncopied(tables);
        if (!left.isEmpty()) {
            enterFull();
            try (ExportedSnapshot snapshot = SnapshotExport.now(source)) {
                copy(capabilities, left, gear, snapshot, readers());
            }
            leaveFull();
        }
        return stopping.get() ? End.STOPPED : End.COMPLETED;
    }

    private End copyAndFollow(Capabilities capabilities, List<CatalogTable> tables, SelectedTables selected, Gear gear)
            throws InterruptedException {
        // before the slot: a slot whose start knows no publication can never send what it publishes
        new Publication(source, plan.publication()).ensure(tables, capabilities.publishesViaRoot());
        ReplicationSlot slot = new ReplicationSlot(source, plan.slot());
        SlotCare.Held held = new SlotCare(plan, slot, capabilities, checkpoints).hold();
        try (SlotWatch watch = new SlotWatch(source, slot, capabilities.emitsMessages(), status)) {
            watch.start();
            status.confirmed(held.checkpoint().confirmable().value());
            selected.join(tables, held.checkpoint());
            List<CatalogTable> left = unfinished(tables, selected);
            if (!selected.followed()) {
                copyFirst(capabilities, left, gear, slot, held);
                left = List.of();
            }
            return stopping.get() ? End.STOPPED : follow(capabilities, tables, left, gear, held.checkpoint());
        }
    }

    /** Tables that are not copied, or that were copied but have not joined those that are followed. */
    private List<CatalogTable> unfinished(List<CatalogTable> tables, SelectedTables selected) {
        if (!selected.followed()) {
            return selected.uncopied(tables);
        }
        return plan.task().has(Phase.FULL)
                ? tables.stream().filter(table -> !isFollowing(table)).toList()
                : List.of();
    }

    private boolean isFollowing(CatalogTable table) {
        return progress(table).state() == TableProgress.State.FOLLOWING;
    }

    private TableProgress progress(CatalogTable table) {
        return Objects.requireNonNull(status.tables().get(table.table().id()));
    }

    /** The first copy, before the log is followed: under the snapshot that came with the slot, if it was made just now. */
    private void copyFirst(
            Capabilities capabilities, List<CatalogTable> left, Gear gear, ReplicationSlot slot, SlotCare.Held held)
            throws InterruptedException {
        if (left.isEmpty()) {
            held.snapshot().ifPresent(ExportedSnapshot::close);
            return;
        }
        enterFull();
        try (ExportedSnapshot snapshot =
                held.snapshot().orElseGet(() -> temporary(slot).createTemporary())) {
            copy(capabilities, left, gear, snapshot, readers());
        }
        leaveFull();
    }

    private void enterFull() {
        status.enter(Phase.FULL);
        listener.phaseStarted(Phase.FULL);
    }

    private void leaveFull() {
        if (!stopping.get()) {
            listener.phaseCompleted(Phase.FULL);
        }
    }

    private int readers() {
        return Math.min(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4),
                plan.task().ceiling().copyThreads());
    }

    private ReplicationSlot temporary(ReplicationSlot slot) {
        String name = slot.name();
        return new ReplicationSlot(source, name.substring(0, Math.min(name.length(), 58)) + "_copy");
    }

    private void copy(
            Capabilities capabilities, List<CatalogTable> tables, Gear gear, ExportedSnapshot snapshot, int readers)
            throws InterruptedException {
        try (KafkaSink sink = sink(Pace.BULK)) {
            if (plan.task().has(Phase.INCREMENTAL)) {
                long now = TimeUnit.MILLISECONDS.toMicros(clock.millis());
                gear.news().copied(tables, snapshot.consistentPoint(), now, sink);
            }
            new FullPhase(source, gear, sink, fullThrottle, clock, stopping)
                    .run(snapshot, new ChunkPlanner(source, capabilities, readers), tables, readers);
        }
    }

    private End follow(
            Capabilities capabilities,
            List<CatalogTable> tables,
            List<CatalogTable> joining,
            Gear gear,
            Checkpoint start)
            throws InterruptedException {
        status.enter(Phase.INCREMENTAL);
        List<CatalogTable> others =
                tables.stream().filter(table -> !joining.contains(table)).toList();
        startFollowing(others);
        gear.news().followed(others, start.confirmable());
        listener.phaseStarted(Phase.INCREMENTAL);
        WalQueue queue = new WalQueue();
        AckTracker tracker = new AckTracker(start);
        WalReader reader =
                WalReader.open(source, plan.slot(), plan.publication(), start.confirmable(), READ_PATIENCE, clock);
        try (WalPump pump = new WalPump(
                        reader, queue, stopping, Thread.currentThread().getName() + "-wal");
                KafkaSink sink = sink(Pace.PROMPT);
                ReselectSession reselecting = new ReselectSession(source);
                CheckpointSaver saver = new CheckpointSaver(tracker, checkpoints, reader, status, start);
                Transactions transactions = transactions(tables, start);
                LateTables late = new LateTables(joining, stopping)) {
            if (!late.isEmpty()) {
                tracker.hold();
            }
            pump.start();
            saver.start();
            late.start(all -> join(capabilities, all, late, gear, start, tracker));
            FollowedTables followed = new FollowedTables(gear, reselecting, start, late);
            new IncrementalPhase(gear, followed, late, transactions, sink, tracker, saver, incrementalThrottle)
                    .run(queue);
        }
        return End.STOPPED;
    }

    private void startFollowing(List<CatalogTable> tables) {
        List<TableProgress> following = tables.stream()
                .map(this::progress)
                .filter(table -> table.state() != TableProgress.State.SET_ASIDE)
                .filter(table -> table.state() != TableProgress.State.FOLLOWING)
                .map(TableProgress::following)
                .toList();
        checkpoints.save(following);
        following.forEach(status::table);
    }

    private Transactions transactions(List<CatalogTable> tables, Checkpoint start) {
        RelationShapes relations = new RelationShapes(new Catalog(source), tables);
        ChangeAssembler assembler = new ChangeAssembler(relations, start.confirmable());
        boolean whole = RecordEncoders.needTransactionSize(plan.task().format());
        return new Transactions(
                assembler,
                whole ? new WholeTransactions(assembler, new ChangeAssembler(relations, start.confirmable())) : null);
    }

    /** Copies tables while the others are followed, and lets them join one after the other. */
    private void join(
            Capabilities capabilities,
            List<LateTable> late,
            LateTables others,
            Gear gear,
            Checkpoint start,
            AckTracker tracker) {
        try {
            copyLate(capabilities, late, gear);
            try (KafkaSink sink = sink(Pace.BULK);
                    ReselectSession reselecting = new ReselectSession(source)) {
                for (LateTable table : late) {
                    new Joining(gear, table, reselecting, sink, incrementalThrottle, stopping)
                            .run(others, start, listener);
                }
            }
            if (!stopping.get()) {
                tracker.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copyLate(Capabilities capabilities, List<LateTable> late, Gear gear) throws InterruptedException {
        List<CatalogTable> left = late.stream()
                .map(LateTable::table)
                .filter(table -> !progress(table).copied())
                .toList();
        if (!left.isEmpty()) {
            // half of the threads: the others must not notice
            int readers = Math.max(1, readers() / 2);
            try (ExportedSnapshot snapshot =
                    temporary(new ReplicationSlot(source, plan.slot())).createTemporary()) {
                left.stream()
                        .map(this::progress)
                        .filter(table -> table.asOf().equals(Lsn.ZERO))
                        .forEach(table -> status.table(table.from(snapshot.consistentPoint())));
                late.forEach(table -> table.from(progress(table.table()).asOf()));
                copy(capabilities, left, gear, snapshot, readers);
            }
        }
        late.forEach(table -> table.settle(progress(table.table())));
    }

    private KafkaSink sink(Pace pace) {
        return new KafkaSink(kafka, plan.task().kafka(), plan.taskName(), pace);
    }
}
