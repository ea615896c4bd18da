package dev.leat.change;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one row in PostgreSQL's text form: a view over one byte array that tells for each column where its value
 * starts and how long it is. A decoder fills the same row again and again, so a row is valid only until its decoder is
 * asked for the next one.
 */
public final class Row {

    /** Length of a value that is SQL NULL. */
    public static final int NULL = -1;

    /** Length of a large value that an update left as it was, and that the log therefore does not hold. */
    public static final int UNCHANGED = -2;

    private byte[] bytes = new byte[0];
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int size;
    private boolean keyOnly;

    /** Forgets all values and points at another array. */
    public void reset(byte[] source, boolean onlyKey) {
        bytes = source;
        size = 0;
        keyOnly = onlyKey;
    }

    /** Appends a value; length may be {@link #NULL} or {@link #UNCHANGED}. */
    public void add(int start, int length) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
        }
        starts[size] = start;
        lengths[size++] = length;
    }

    /** Becomes the chosen columns of another row, in the given order. */
    public void project(Row other, int[] columns) {
        reset(other.bytes, other.keyOnly);
        for (int column : columns) {
            add(other.starts[column], other.lengths[column]);
        }
    }

    /** The array that all values lie in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Index of the first byte of a value. */
    public int start(int column) {
        return starts[column];
    }

    /** Bytes of a value, or {@link #NULL} or {@link #UNCHANGED}. */
    public int length(int column) {
        return lengths[column];
    }

    /** Number of values. */
    public int size() {
        return size;
    }

    /** Whether only the key's columns are known and the others mean nothing. */
    public boolean keyOnly() {
        return keyOnly;
    }

    /** Whether a value is SQL NULL. */
    public boolean isNull(int column) {
        return lengths[column] == NULL;
    }

    /** Whether a value was left as it was and is not in the log. */
    public boolean isUnchanged(int column) {
        return lengths[column] == UNCHANGED;
    }

    /** Whether a column has the same value, byte by byte, in another row. */
    public boolean sameValue(Row other, int column) {
        int length = lengths[column];
        if (length != other.lengths[column]) {
            return false;
        }
        return length < 0
                || Arrays.equals(
                        bytes,
                        starts[column],
                        starts[column] + length,
                        other.bytes,
                        other.starts[column],
                        other.starts[column] + length);
    }

    /** Bytes of all values together. */
    public long valueBytes() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.max(lengths[i], 0);
        }
        return sum;
    }

    /** A value as text, for error messages and tests; never on the road of a row. */
    public String text(int column) {
        return lengths[column] < 0
                ? (lengths[column] == NULL ? "NULL" : "UNCHANGED")
                : new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8);
    }
}
