package dev.leat.sync;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Entries that wait in a temporary file, which has no name any more once it is open: whatever happens to the process,
 * nothing is left of it. (Where the system keeps the name of an open file, it goes when the file is closed.) One thread
 * appends; the same or another one takes.
 */
final class SpillFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 << 10;

    private final Path directory;
    private final FileChannel file;
    private final DataOutputStream out;
    private volatile long appended;
    private long taken;
    private long readTo;

    private SpillFile(Path directory, FileChannel file) {
        this.directory = directory;
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES));
    }

    /** A new file. */
    static SpillFile in(Path directory) {
        try {
            Path path = Files.createTempFile(directory, "leat-spill-", ".tmp");
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            unlink(path);
            return new SpillFile(directory, file);
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    private static void unlink(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // goes when it is closed
        }
    }

    synchronized void append(byte[] entry) {
        try {
            out.writeInt(entry.length);
            out.write(entry);
            appended++;
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /** How many entries nobody has taken yet; for the thread that takes. */
    long waiting() {
        return appended - taken;
    }

    /** Hands on the entries that wait at this moment, in their order. */
    void takeAll(Consumer<byte[]> next) {
        try {
            long end = flushed();
            // not closed: that would close the file
            DataInputStream in = new DataInputStream(new BufferedInputStream(new From(readTo), BUFFER_BYTES));
            while (taken < end) {
                byte[] entry = in.readNBytes(in.readInt());
                readTo += Integer.BYTES + entry.length;
                taken++;
                next.accept(entry);
            }
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    private synchronized long flushed() throws IOException {
        out.flush();
        return appended;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    private static SyncException failure(Path directory, IOException e) {
        return new SyncException(
                FailureKind.TEMPORARY_STORAGE,
                "Directory " + directory + ": cannot hold changes that wait: " + e.getMessage() + ".",
                e);
    }

    /** Reads at a place of its own, so that the writer's is left alone. */
    private final class From extends InputStream {

        private long at;

        From(long at) {
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = file.read(ByteBuffer.wrap(target, offset, length), at);
            at += Math.max(count, 0);
            return count;
        }
    }
}
