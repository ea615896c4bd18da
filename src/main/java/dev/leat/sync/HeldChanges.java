package dev.leat.sync;

import dev.leat.change.Origin;
import dev.leat.change.Table;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What the log tells of one table, held in a temporary file until the table's rows are delivered. The thread that
 * follows the log adds, the one that copies the table takes.
 */
final class HeldChanges implements AutoCloseable {

    /** Shape and name by number, commit LSN, LSN, index, transaction id, commit time, LSN before, size, origin's LSN. */
    private static final int HEAD_BYTES = 4 + 4 + 8 + 8 + 4 + 4 + 8 + 8 + 4 + 8;

    private final SpillFile file;
    private final List<Table> shapes = new CopyOnWriteArrayList<>();
    private final List<String> origins = new CopyOnWriteArrayList<>();

    HeldChanges(Path directory) {
        this.file = SpillFile.in(directory);
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
        file.append(entry.array());
    }

    /** Shapes are few: the same object until the log describes another. */
    private int number(Table table) {
        int last = shapes.size() - 1;
        if (last < 0 || shapes.get(last) != table) {
            shapes.add(table);
            last++;
        }
        return last;
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
        return file.waiting();
    }

    /** Hands on those that wait at this moment. */
    void takeAll(Taker taker) {
        file.takeAll(bytes -> take(ByteBuffer.wrap(bytes), taker));
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
    public void close() {
        file.close();
    }
}
