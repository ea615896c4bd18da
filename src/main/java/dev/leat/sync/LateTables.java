package dev.leat.sync;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.CatalogTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tables that join while the log is followed: new ones, those to be copied again, and those whose copy an earlier run
 * did not finish. They are copied on a thread of their own, and the others do not wait for them. Until all have joined,
 * the slot keeps what the log tells of them, so that a run that dies loses nothing.
 */
final class LateTables implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<TableId, LateTable> tables = new LinkedHashMap<>();
    private final AtomicBoolean stopping;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Thread thread;
    private volatile long passed;
    private boolean told;

    /** Tables of a run that ends when it is told to, or when they cannot join. */
    LateTables(List<CatalogTable> late, AtomicBoolean stopping) {
        this.stopping = stopping;
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        late.forEach(table -> tables.put(table.table().id(), new LateTable(table, directory)));
    }

    /** Begins to copy them. */
    void start(Consumer<List<LateTable>> work) {
        if (!tables.isEmpty()) {
            List<LateTable> all = List.copyOf(tables.values());
            thread = Thread.ofPlatform()
                    .name(Thread.currentThread().getName() + "-join")
                    .start(() -> run(() -> work.accept(all)));
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new SyncException(FailureKind.UNKNOWN, "Tables that join: their thread died of " + e + ".", e);
        }
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    Optional<LateTable> find(TableId id) {
        return tables.isEmpty() ? Optional.empty() : Optional.ofNullable(tables.get(id));
    }

    /** Everything before a position of the log was sent, or is held. */
    void passed(long lsn) {
        passed = lsn;
    }

    /** Whether the log was followed beyond a position: a transaction that is committed there is over. */
    boolean reached(long lsn) {
        return Long.compareUnsigned(passed, lsn) > 0;
    }

    /** Throws what keeps them from joining, if anything does. */
    void check() {
        RuntimeException cause = failure;
        if (cause != null) {
            told = true;
            throw cause;
        }
    }

    /** Gives up what has not joined; a later run goes on with it. */
    @Override
    public void close() {
        Thread joining = thread;
        if (joining != null) {
            stopping.set(true);
            end(joining);
        }
        tables.values().forEach(LateTable::close);
        // an exception that is on its way already must not be thrown beside itself
        if (!told) {
            check();
        }
    }

    private static void end(Thread joining) {
        try {
            if (!joining.join(PATIENCE)) {
                joining.interrupt();
            }
        } catch (InterruptedException e) {
            joining.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
