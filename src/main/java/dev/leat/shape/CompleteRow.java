package dev.leat.shape;

import dev.leat.change.Row;
import java.util.Arrays;

/** Puts large values that an update left unchanged back into its row, which is to stand alone as an insert. */
final class CompleteRow {

    private CompleteRow() {}

    /** The row itself when nothing is missing, or the old row does not know either. */
    static Row of(Row after, Row before) {
        return lacks(after, before) ? joined(after, before) : after;
    }

    private static boolean lacks(Row after, Row before) {
        for (int i = 0; i < after.size(); i++) {
            if (after.isUnchanged(i) && before.length(i) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static Row joined(Row after, Row before) {
        // both images of one message lie in one array
        boolean together = after.bytes() == before.bytes();
        int offset = together ? 0 : after.bytes().length;
        Row joined = new Row();
        joined.reset(together ? after.bytes() : concatenated(after.bytes(), before.bytes()), false);
        for (int i = 0; i < after.size(); i++) {
            boolean taken = after.isUnchanged(i) && before.length(i) >= 0;
            joined.add(taken ? offset + before.start(i) : after.start(i), taken ? before.length(i) : after.length(i));
        }
        return joined;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
