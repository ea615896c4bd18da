package dev.leat.sync;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Frames of the log in a temporary file, which has no name any more once it is open: whatever happens to the process,
 * nothing is left of it. (Where the system keeps the name of an open file, it goes when the file is closed.)
 */
final class SpillFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 << 10;

    private final Path directory;
    private final FileChannel file;
    private final DataOutputStream out;
    private long frames;

    private SpillFile(Path directory, FileChannel file) {
        this.directory = directory;
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES));
    }

    /** A new file. */
    static SpillFile in(Path directory) {
        try {
            Path path = Files.createTempFile(directory, "leat-transaction-", ".tmp");
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

    void append(byte[] frame) {
        try {
            out.writeInt(frame.length);
            out.write(frame);
            frames++;
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /** Hands on the frames in their order. */
    void replay(Consumer<byte[]> frame) {
        try {
            out.flush();
            file.position(0);
            // not closed: that would close the file
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES));
            for (long i = 0; i < frames; i++) {
                frame.accept(in.readNBytes(in.readInt()));
            }
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    private static SyncException failure(Path directory, IOException e) {
        return new SyncException(
                FailureKind.TEMPORARY_STORAGE,
                "Directory " + directory + ": cannot hold a large transaction: " + e.getMessage() + ".",
                e);
    }
}
