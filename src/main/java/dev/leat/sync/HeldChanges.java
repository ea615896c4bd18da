package dev.leat.sync;

import dev.leat.change.Origin;
import dev.leat.change.Table;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What the log tells of one table, held in a temporary file until the table's rows are delivered. The thread that
 * follows the log adds, the one that copies the table takes.
 */
final class HeldChanges implements AutoCloseable {

    /** Shape and name by number, commit LSN, LSN, index, transaction id, commit time, LSN before, size, origin's LSN. */
    private static final int HEAD_BYTES = 4 + 4 + 8 + 8 + 4 + 4 + 8 + 8 + 4 + 8;

    private final Path directory;
    private volatile @Nullable SpillFile file;
    private boolean closed;
    private final List<Table> shapes = new CopyOnWriteArrayList<>();
    private final Map<Table, Integer> numbers = new IdentityHashMap<>();
    private final List<String> origins = new CopyOnWriteArrayList<>();

    HeldChanges(Path directory) {
        this.directory = directory;
    }

    /** Takes what was held, in the log's order. */
    @FunctionalInterface
    interface Taker {

        /** A frame of the log that describes the table, or tells a change of it. */
        void take(Table table, Origin origin, byte[] frame);
    }

    void add(Table table, Origin origin, byte[] frame) {
        ByteBuffer entry = ByteBuffer.allocate(HEAD_BYTES + frame.length)
                .putInt(number(table))
                .putInt(number(origin.replicatedFrom()))
                .putLong(origin.commitLsn())
                .putLong(origin.lsn())
                .putInt(origin.index())
                .putInt(origin.transactionId())
                .putLong(origin.committedAtMicros())
                .putLong(origin.previousCommitLsn())
                .putInt(origin.transactionSize())
                .putLong(origin.originLsn())
                .put(frame);
        opened().append(entry.array());
    }

    /** Most tables hold nothing while they are copied, and may be many. */
    private synchronized SpillFile opened() {
        SpillFile present = file;
        if (present == null) {
            present = SpillFile.in(directory);
            file = present;
            if (closed) {
                present.close();
            }
        }
        return present;
    }

    /** The log describes a shape as one object, and may go back to an earlier one. */
    private int number(Table table) {
        return numbers.computeIfAbsent(table, shape -> {
            shapes.add(shape);
            return shapes.size() - 1;
        });
    }

    private int number(@Nullable String origin) {
        if (origin == null) {
            return -1;
        }
        if (!origins.contains(origin)) {
            origins.add(origin);
        }
        return origins.indexOf(origin);
    }

    /** How many wait; for the thread that takes. */
    long waiting() {
        SpillFile present = file;
        return present == null ? 0 : present.waiting();
    }

    /** Hands on those that wait at this moment. */
    void takeAll(Taker taker) {
        SpillFile present = file;
        if (present != null) {
            present.takeAll(bytes -> take(ByteBuffer.wrap(bytes), taker));
        }
    }

    private void take(ByteBuffer entry, Taker taker) {
        Table table = shapes.get(entry.getInt());
        int name = entry.getInt();
        Origin origin = new Origin(
                entry.getLong(),
                entry.getLong(),
                entry.getInt(),
                entry.getInt(),
                entry.getLong(),
                entry.getLong(),
                entry.getInt(),
                name < 0 ? null : origins.get(name),
                entry.getLong());
        byte[] frame = new byte[entry.remaining()];
        entry.get(frame);
        taker.take(table, origin, frame);
    }

    @Override
    public synchronized void close() {
        closed = true;
        SpillFile present = file;
        if (present != null) {
            present.close();
        }
    }
}
