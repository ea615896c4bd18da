package dev.leat.kafka;

import dev.leat.change.Origin;
import java.nio.charset.StandardCharsets;

/** The position of a change as text: commit LSN and index as fixed-width hexadecimal numbers with a hyphen between. */
final class RecordPosition {

    /** Bytes of every position. */
    static final int LENGTH = 25;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private RecordPosition() {}

    static byte[] of(Origin origin) {
        byte[] text = new byte[LENGTH];
        hex(origin.commitLsn(), text, 0, 16);
        text[16] = '-';
        hex(origin.index(), text, 17, 8);
        return text;
    }

    private static void hex(long value, byte[] text, int from, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            text[from + i] = HEX[(int) (value & 15)];
            value >>>= 4;
        }
    }
}
