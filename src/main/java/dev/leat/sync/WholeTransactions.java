package dev.leat.sync;

import dev.leat.postgres.ChangeAssembler;
import dev.leat.postgres.WalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the frames of the open transaction until its end, for a record format that tells a transaction's size before its
 * first record. What exceeds a bound goes to a temporary file.
 */
final class WholeTransactions implements AutoCloseable {

    private static final long MAX_BYTES = 32 << 20;

    /** What a frame costs beside its bytes. */
    private static final int FRAME_OVERHEAD_BYTES = 24;

    private final ChangeAssembler assembler;
    private final ChangeAssembler counter;
    private final Path directory;
    private final long maxBytes;
    private final List<byte[]> frames = new ArrayList<>();
    private long bytes;
    private int changes;
    private boolean open;
    private @Nullable SpillFile spill;

    /**
     * Holds transactions in front of an assembler.
     *
     * @param counter an assembler of its own, which sees the descriptions of tables as they come
     */
    WholeTransactions(ChangeAssembler assembler, ChangeAssembler counter) {
        this(assembler, counter, Path.of(System.getProperty("java.io.tmpdir")), MAX_BYTES);
    }

    WholeTransactions(ChangeAssembler assembler, ChangeAssembler counter, Path directory, long maxBytes) {
        this.assembler = assembler;
        this.counter = counter;
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /** Whether a transaction has begun and not ended. */
    boolean open() {
        return open;
    }

    /** Takes a frame; with the last one of a transaction all of them go on. */
    void add(byte[] frame, Consumer<byte[]> next) {
        byte type = frame[WalReader.HEADER_BYTES];
        open = open || type == 'B';
        changes += counter.count(frame);
        hold(frame);
        if (!open || type == 'C') {
            release(next);
        }
    }

    private void hold(byte[] frame) {
        SpillFile file = spill;
        if (file == null && bytes + frame.length > maxBytes) {
            file = SpillFile.in(directory);
            spill = file;
        }
        if (file != null) {
            file.append(frame);
        } else {
            frames.add(frame);
            bytes += frame.length + FRAME_OVERHEAD_BYTES;
        }
    }

    private void release(Consumer<byte[]> next) {
        assembler.transactionSize(changes);
        frames.forEach(next);
        SpillFile file = spill;
        if (file != null) {
            file.takeAll(next);
        }
        close();
    }

    /** Forgets what it holds; the source sends it again to whoever goes on. */
    @Override
    public void close() {
        frames.clear();
        bytes = 0;
        changes = 0;
        open = false;
        SpillFile file = spill;
        spill = null;
        if (file != null) {
            file.close();
        }
    }
}
