package dev.leat.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second Leat out of a data directory; the operating system frees it when the process ends in any way. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws MetadataUnavailable when another process has it
     */
    static DirectoryLock take(DataDirectory directory) {
        directory.create();
        Path file = directory.resolve("leat.lock");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new MetadataUnavailable(
                        "The data directory " + directory + " is in use by another Leat (process "
                                + Files.readString(file).strip() + ").",
                        "End that process first, or name another directory with LEAT_DATA_DIR. Several Leats that"
                                + " share their tasks need one database: set SPRING_DATASOURCE_URL for each.",
                        null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new MetadataUnavailable(
                    "The file " + file + " cannot be locked: " + e,
                    "Make the directory writable for the user that runs Leat, or name another with LEAT_DATA_DIR.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException takenInThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
