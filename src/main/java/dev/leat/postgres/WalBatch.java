package dev.leat.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * What one reading of the log brought: frames in order, each a pgoutput message behind the header of
 * {@link WalReader#HEADER_BYTES} bytes, and how far the source's log reached.
 */
public final class WalBatch {

    private final List<byte[]> frames = new ArrayList<>();
    private long bytes;
    private long walEnd;

    void add(byte[] frame) {
        frames.add(frame);
        bytes += frame.length;
    }

    void reached(long end) {
        if (Long.compareUnsigned(end, walEnd) > 0) {
            walEnd = end;
        }
    }

    /** The frames in the log's order. */
    public List<byte[]> frames() {
        return frames;
    }

    /** Bytes of all frames. */
    public long bytes() {
        return bytes;
    }

    /** The source's end of WAL as an unsigned LSN, as far as it told; 0 when it told nothing. */
    public long walEnd() {
        return walEnd;
    }
}
