package dev.leat.postgres;

import static org.awaitility.Awaitility.await;

import dev.leat.change.Change;
import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.WalEvent;
import dev.leat.fixture.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a database's log through a slot and keeps what it saw. */
final class Tail implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMillis(200);

    /** A change with rows of its own, as text. */
    record Seen(String what, Table table, Origin origin, List<String> before, List<String> after) {

        @Override
        public String toString() {
            return what + " " + table.id().table() + (before.isEmpty() ? "" : " " + before)
                    + (after.isEmpty() ? "" : " " + after);
        }
    }

    final List<Seen> seen = new ArrayList<>();
    final List<WalEvent.Committed> commits = new ArrayList<>();
    final WalReader reader;
    private final ChangeAssembler assembler;

    /** Makes publication and slot, and starts to read; the changes that follow will be seen. */
    static Tail follow(Database database, List<CatalogTable> tables) {
        prepare(database, tables);
        return new Tail(database, tables, Lsn.ZERO);
    }

    /** Makes publication and slot; the changes that follow will be seen once somebody reads. */
    static void prepare(Database database, List<CatalogTable> tables) {
        var source = Sources.of(database);
        boolean viaRoot = Capabilities.probe(source).publishesViaRoot();
        new Publication(source, "tail").ensure(tables, viaRoot, false);
        new ReplicationSlot(source, slot(database)).create().close();
    }

    /** A name of its own for each database, since slots belong to the whole server. */
    static String slot(Database database) {
        return "slot_" + database.name();
    }

    /** Starts to read from the slot that was prepared. */
    Tail(Database database, List<CatalogTable> tables, Lsn start) {
        var source = Sources.of(database);
        this.assembler = new ChangeAssembler(new RelationShapes(new Catalog(source), tables), start);
        this.reader = WalReader.open(source, slot(database), "tail", start, PATIENCE, Clock.systemUTC());
    }

    /** Reads until so many changes were seen. */
    List<Seen> awaitChanges(int count) {
        await().until(() -> {
            read();
            return seen.size() >= count && commits.size() > 0;
        });
        return seen;
    }

    /** Reads until nothing comes any more. */
    List<Seen> drain() {
        while (read() > 0) {
            // until a whole patience passes in silence
        }
        return seen;
    }

    int read() {
        var batch = reader.read();
        batch.frames().forEach(frame -> assembler.assemble(frame, this::keep));
        return batch.frames().size();
    }

    private void keep(WalEvent event) {
        switch (event) {
            case WalEvent.Changed changed -> seen.add(seen(changed.change()));
            case WalEvent.Committed committed -> commits.add(committed);
            case WalEvent.Described ignored -> {}
            case WalEvent.Idle ignored -> {}
            case WalEvent.Message ignored -> {}
        }
    }

    private static Seen seen(Change change) {
        return switch (change) {
            case Change.Read read -> seen("read", change, null, read.after());
            case Change.Insert insert -> seen("insert", change, null, insert.after());
            case Change.Update update -> seen("update", change, update.before(), update.after());
            case Change.Delete delete ->
                seen(delete.before().keyOnly() ? "delete key" : "delete", change, delete.before(), null);
            case Change.Truncate ignored -> seen("truncate", change, null, null);
        };
    }

    private static Seen seen(String what, Change change, Row before, Row after) {
        return new Seen(
                what,
                change.table(),
                change.origin(),
                before == null ? List.of() : Sources.texts(before),
                after == null ? List.of() : Sources.texts(after));
    }

    @Override
    public void close() {
        reader.close();
    }
}
