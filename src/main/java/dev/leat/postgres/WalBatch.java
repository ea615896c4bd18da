package dev.leat.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * What one reading of the log brought: frames in order, each a pgoutput message behind the header of
 * {@link WalReader#HEADER_BYTES} bytes, and how far the source says to have sent everything.
 */
public final class WalBatch {

    private final List<byte[]> frames = new ArrayList<>();
    private long bytes;
    private long quietUntil;

    void add(byte[] frame) {
        frames.add(frame);
        bytes += frame.length;
    }

    void quiet(long walEnd) {
        if (Long.compareUnsigned(walEnd, quietUntil) > 0) {
            quietUntil = walEnd;
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

    /**
     * Up to here, as an unsigned LSN, the source has sent every transaction that ended; 0 when it did not say. Holds only
     * between two transactions.
     */
    public long quietUntil() {
        return quietUntil;
    }
}
