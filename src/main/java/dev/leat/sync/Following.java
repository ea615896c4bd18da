package dev.leat.sync;

import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Pace;
import dev.leat.kafka.format.RecordEncoders;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.ChangeAssembler;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.postgres.RelationShapes;
import dev.leat.postgres.ReselectSession;
import dev.leat.postgres.WalReader;
import dev.leat.settings.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Follows the log from a checkpoint until the run stops, and lets tables join that come late. */
final class Following {

    private static final Duration READ_PATIENCE = Duration.ofMillis(500);

    private final Gear gear;
    private final SnapshotCopy copy;
    private final Throttle throttle;
    private final Checkpoint start;

    Following(Gear gear, SnapshotCopy copy, Throttle throttle, Checkpoint start) {
        this.gear = gear;
        this.copy = copy;
        this.throttle = throttle;
        this.start = start;
    }

    /**
     * Follows all tables; those among them that are late are copied meanwhile, if they have to be, and join.
     *
     * @param watch notices from aside what keeps tables from being followed
     */
    void run(List<CatalogTable> tables, List<CatalogTable> late, TableWatch watch) throws InterruptedException {
        gear.status().enter(Phase.INCREMENTAL);
        List<CatalogTable> others =
                tables.stream().filter(table -> !late.contains(table)).toList();
        begin(others);
        gear.news().followed(others, start.confirmable());
        gear.listener().phaseStarted(Phase.INCREMENTAL);
        WalQueue queue = new WalQueue();
        AckTracker tracker = new AckTracker(start);
        WalReader reader = WalReader.open(
                gear.source(),
                gear.plan().slot(),
                gear.plan().publication(),
                gear.messages().wanted(),
                start.confirmable(),
                READ_PATIENCE,
                gear.clock());
        try (WalPump pump = new WalPump(
                        reader,
                        queue,
                        watch,
                        gear.stopping(),
                        Thread.currentThread().getName() + "-wal");
                KafkaSink sink = gear.sink(Pace.PROMPT);
                ReselectSession reselecting = new ReselectSession(gear.source());
                CheckpointSaver saver = new CheckpointSaver(tracker, gear.checkpoints(), reader, gear.status(), start);
                Transactions transactions = transactions(tables);
                LateTables joining = new LateTables(late, gear.stopping())) {
            if (!joining.isEmpty()) {
                tracker.hold();
            }
            pump.start();
            saver.start();
            joining.start(all -> join(all, joining, tracker));
            FollowedTables followed = new FollowedTables(gear, reselecting, start, joining);
            new IncrementalPhase(gear, start, followed, joining, transactions, sink, tracker, saver, throttle)
                    .run(queue);
        }
    }

    private void begin(List<CatalogTable> tables) {
        List<TableProgress> following = tables.stream()
                .map(this::progress)
                .filter(table -> table.state() != TableProgress.State.SET_ASIDE)
                .filter(table -> table.state() != TableProgress.State.FOLLOWING)
                .map(TableProgress::following)
                .toList();
        gear.checkpoints().save(following);
        following.forEach(gear.status()::table);
    }

    private TableProgress progress(CatalogTable table) {
        return Objects.requireNonNull(gear.status().tables().get(table.table().id()));
    }

    private Transactions transactions(List<CatalogTable> tables) {
        RelationShapes relations = new RelationShapes(new Catalog(gear.source()), tables);
        ChangeAssembler assembler = new ChangeAssembler(relations, start.confirmable());
        boolean whole = RecordEncoders.needTransactionSize(gear.plan().task().format());
        return new Transactions(
                assembler,
                whole ? new WholeTransactions(assembler, new ChangeAssembler(relations, start.confirmable())) : null);
    }

    /** Copies tables while the others are followed, and lets them join one after the other. */
    private void join(List<LateTable> late, LateTables others, AckTracker tracker) {
        try {
            copy(late);
            try (KafkaSink sink = gear.sink(Pace.BULK);
                    ReselectSession reselecting = new ReselectSession(gear.source())) {
                for (LateTable table : late) {
                    new Joining(gear, table, reselecting, sink, throttle).run(others, start);
                }
            }
            if (!gear.stopping().get()) {
                tracker.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(List<LateTable> late) throws InterruptedException {
        List<CatalogTable> left = late.stream()
                .map(LateTable::table)
                .filter(table -> !progress(table).copied())
                .toList();
        if (!left.isEmpty()) {
            try (ExportedSnapshot snapshot = copy.snapshot()) {
                copy.begin(left, snapshot);
                late.forEach(table -> table.from(progress(table.table()).asOf()));
                // half of the threads: the others must not notice
                copy.copy(left, snapshot, Math.max(1, copy.readers() / 2));
            }
        }
        late.forEach(table -> table.settle(progress(table.table())));
    }
}
