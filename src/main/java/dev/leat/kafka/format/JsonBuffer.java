package dev.leat.kafka.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A byte array that grows and is written as JSON; it is filled, taken and filled again. */
final class JsonBuffer implements Unscaled {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_SIZE = 1024;
    /** What is kept between records; one huge row must not hold its memory for ever. */
    private static final int KEPT_SIZE = 1 << 20;

    private static final int MAX_SIZE = Integer.MAX_VALUE - 16;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final short[] PAIRS = pairs();
    private static final long[] POWERS = powers();
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SMALLEST_LONG = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    /** Bytes written so far. */
    int size() {
        return size;
    }

    /** The array behind the buffer; valid up to {@link #size} and until the next write. */
    byte[] array() {
        return bytes;
    }

    /** Ends what was written directly into {@link #array}, or forgets everything from a place on. */
    void end(int place) {
        size = place;
    }

    /** Replaces a byte that was written before. */
    void set(int place, char ascii) {
        bytes[place] = (byte) ascii;
    }

    /** A copy of what was written; the buffer is empty afterwards. */
    byte[] take() {
        byte[] copy = Arrays.copyOf(bytes, size);
        reset();
        return copy;
    }

    /** Forgets everything. */
    void reset() {
        size = 0;
        if (bytes.length > KEPT_SIZE) {
            bytes = new byte[FIRST_SIZE];
        }
    }

    /** Appends bytes as they are. */
    void raw(byte[] source) {
        raw(source, 0, source.length);
    }

    /** Appends a slice as it is. */
    void raw(byte[] source, int start, int end) {
        int length = end - start;
        ensure(length);
        System.arraycopy(source, start, bytes, size, length);
        size += length;
    }

    /** Appends what was written before once more. */
    void again(int start, int end) {
        ensure(end - start);
        System.arraycopy(bytes, start, bytes, size, end - start);
        size += end - start;
    }

    /** Appends one ASCII character. */
    void ascii(char character) {
        ensure(1);
        bytes[size++] = (byte) character;
    }

    /** Appends ASCII text; for constants and rare values. */
    void ascii(String text) {
        raw(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Appends {@code true} or {@code false}. */
    void truth(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    /** Appends {@code null}. */
    void none() {
        raw(NULL);
    }

    /** Appends a decimal number. */
    void number(long value) {
        if (value == Long.MIN_VALUE) {
            raw(SMALLEST_LONG);
            return;
        }
        ensure(20);
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int end = size + digits(rest);
        size = end;
        while (rest >= 100) {
            long hundreds = rest / 100;
            end -= 2;
            PAIR.set(bytes, end, PAIRS[(int) (rest - hundreds * 100)]);
            rest = hundreds;
        }
        if (rest >= 10) {
            PAIR.set(bytes, end - 2, PAIRS[(int) rest]);
        } else {
            bytes[end - 1] = (byte) ('0' + rest);
        }
    }

    /** Appends the unscaled number of a decimal in base64. */
    @Override
    public void unscaled(long value) {
        BinaryJson.base64(this, value);
    }

    /** Appends the unscaled number of a decimal in base64. */
    @Override
    public void unscaled(byte[] value) {
        BinaryJson.base64(this, value, 0, value.length);
    }

    /** Puts the digits of a number from 0 to 99 into an array; returns the place behind them. */
    static int pair(byte[] target, int at, int value) {
        PAIR.set(target, at, PAIRS[value]);
        return at + 2;
    }

    /** Appends an unsigned number in hexadecimal, as PostgreSQL prints the halves of a position. */
    void hex(long value) {
        ascii(Long.toHexString(value).toUpperCase(Locale.ROOT));
    }

    /** Appends the last digits of a number that is not negative, with leading zeros. */
    void padded(long value, int width) {
        ensure(width);
        long rest = value;
        for (int i = size + width - 1; i >= size; i--) {
            long tenth = rest / 10;
            bytes[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        size += width;
    }

    /** Appends UTF-8 text as a JSON string. */
    void string(byte[] source) {
        string(source, 0, source.length);
    }

    /** Appends a slice of UTF-8 text as a JSON string; only quotes, backslashes and control characters are escaped. */
    void string(byte[] source, int start, int end) {
        ensure(end - start + 10);
        bytes[size++] = '"';
        int from = start;
        while (end - from >= Long.BYTES) {
            long word = (long) LONGS.get(source, from);
            LONGS.set(bytes, size, word);
            long escapes = escapes(word);
            if (escapes == 0) {
                size += Long.BYTES;
                from += Long.BYTES;
            } else {
                int clean = Long.numberOfTrailingZeros(escapes) >>> 3;
                size += clean;
                from += clean;
                escape(source[from++], end - from);
            }
        }
        if (from < end && source.length - from >= Long.BYTES) {
            // reads and writes past the end, within both arrays; what lies past it is overwritten
            long word = (long) LONGS.get(source, from);
            LONGS.set(bytes, size, word);
            if (Long.numberOfTrailingZeros(escapes(word)) >>> 3 >= end - from) {
                size += end - from;
                from = end;
            }
        }
        while (from < end) {
            byte next = source[from++];
            if ((next >= 0 && next < ' ') || next == '"' || next == '\\') {
                escape(next, end - from);
            } else {
                bytes[size++] = next;
            }
        }
        bytes[size++] = '"';
    }

    /** A set high bit in each byte that needs escaping; exact in the lowest such byte, which is all that is used. */
    private static long escapes(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        return ((quotes - ONES & ~quotes) | (backslashes - ONES & ~backslashes) | (word - SPACES & ~word)) & HIGHS;
    }

    private void escape(byte value, int remaining) {
        ensure(remaining + 6 + Long.BYTES + 1);
        bytes[size++] = '\\';
        switch (value) {
            case '"', '\\' -> bytes[size++] = value;
            case '\b' -> bytes[size++] = 'b';
            case '\f' -> bytes[size++] = 'f';
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = DIGITS[value >> 4];
                bytes[size++] = DIGITS[value & 15];
            }
        }
    }

    /** Appends a slice as a JSON string when it is known to need no escape. */
    void quoted(byte[] source, int start, int end) {
        ensure(end - start + 2);
        bytes[size++] = '"';
        System.arraycopy(source, start, bytes, size, end - start);
        size += end - start;
        bytes[size++] = '"';
    }

    /** Makes room for more bytes and tells where they go in {@link #array}; {@link #end} ends them. */
    int reserve(long more) {
        if (more > bytes.length - size) {
            grow(more);
        }
        return size;
    }

    private void ensure(int more) {
        if (more > bytes.length - size) {
            grow(more);
        }
    }

    private void grow(long more) {
        long needed = size + more;
        if (needed > MAX_SIZE) {
            throw UnwritableValue.TOO_LARGE;
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_SIZE, Math.max(needed, bytes.length * 2L)));
    }

    private static int digits(long value) {
        // 1233 / 4096 is the logarithm of 2, near enough to be off by at most one
        int guess = ((64 - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
        return guess + (value >= POWERS[guess] ? 1 : 0);
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        // so that zero has a digit too
        powers[0] = 0;
        return powers;
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < 100; i++) {
            pairs[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
        return pairs;
    }
}
