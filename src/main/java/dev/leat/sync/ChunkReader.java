package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.CopyReader;
import dev.leat.postgres.ExportedSnapshot;
import dev.leat.settings.Phase;
import dev.leat.shape.RowRefused;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One of the threads that copy: takes chunk after chunk, and sends row after row. */
final class ChunkReader {

    /** Rows between two looks at the clock of progress and at whether to stop. */
    private static final int ROWS_PER_LOOK = 256;

    private final Gear gear;
    private final KafkaSink sink;
    private final Throttle throttle;
    private final AtomicBoolean stopping;
    private final ExportedSnapshot snapshot;
    private final long snapshotMicros;

    ChunkReader(Gear gear, KafkaSink sink, Throttle throttle, ExportedSnapshot snapshot) {
        this.gear = gear;
        this.sink = sink;
        this.throttle = throttle;
        this.stopping = gear.stopping();
        this.snapshot = snapshot;
        this.snapshotMicros = TimeUnit.MILLISECONDS.toMicros(gear.clock().millis());
    }

    /** Reads parts until none are left or the run is told to stop. */
    void readAll(Queue<TableCopy.Part> parts) {
        try {
            while (!parts.isEmpty() && !stopping.get()) {
                readUntilOneFails(parts);
            }
        } catch (Stopped e) {
            // the part is read again when the run resumes
        }
    }

    /** A session in which something failed serves no more, so the next part gets another one. */
    private void readUntilOneFails(Queue<TableCopy.Part> parts) {
        try (CopyReader reader = CopyReader.open(gear.source(), snapshot.name())) {
            boolean fine = true;
            for (TableCopy.Part part = parts.poll();
                    part != null && fine && !stopping.get();
                    part = fine ? parts.poll() : null) {
                fine = part.copy().abandoned() || readOrSetAside(reader, part);
            }
        }
    }

    private boolean readOrSetAside(CopyReader reader, TableCopy.Part part) {
        try {
            read(reader, part);
            return true;
        } catch (SyncException e) {
            // what failed earlier at the broker may be another table's
            sink.check();
            gear.failures().failed(part.copy().progress(), e);
            part.copy().abandon();
            return false;
        } catch (RowRefused e) {
            gear.failures().setAside(part.copy().progress(), e.failure());
            part.copy().abandon();
            return false;
        }
    }

    private void read(CopyReader reader, TableCopy.Part part) {
        Table table = part.chunk().table();
        Route route = gear.routes()
                .to(table)
                .orElseThrow(() -> new SyncException(
                        FailureKind.SETTINGS, "Table " + table.id() + ": the task no longer selects it."));
        throttle.query();
        Delivery delivery = sink.delivery();
        RowSender sender = new RowSender(part, route, delivery);
        reader.read(part.chunk(), part.partitioned(), sender);
        sender.look();
        delivery.seal();
        part.read(delivery);
    }

    /** Sends the rows of one part. */
    private final class RowSender implements Consumer<Row> {

        private final TableCopy.Part part;
        private final Route route;
        private final Delivery delivery;
        private final Origin origin;
        private final Runnable look = this::look;
        private long bytes;
        private int rows;

        RowSender(TableCopy.Part part, Route route, Delivery delivery) {
            this.part = part;
            this.route = route;
            this.delivery = delivery;
            long lsn = snapshot.consistentPoint().value();
            this.origin = new Origin(lsn, lsn, part.chunk().index(), 0, snapshotMicros, 0);
        }

        @Override
        public void accept(Row row) {
            long sent = route.send(new Change.Read(part.chunk().table(), origin, row), sink, delivery);
            bytes += sent;
            rows++;
            throttle.row(sent, look);
            if (rows >= ROWS_PER_LOOK) {
                look();
                if (stopping.get()) {
                    throw new Stopped();
                }
            }
        }

        void look() {
            gear.status().sent(Phase.FULL, rows, bytes);
            part.rowsRead(rows);
            rows = 0;
            bytes = 0;
        }
    }

    /** Leaves a COPY half-way, because the run stops. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;

        Stopped() {
            super("stopped", null, false, false);
        }
    }
}
