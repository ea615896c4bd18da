package dev.leat.kafka.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A byte array that grows and is written in Avro's binary encoding; it is filled, taken and filled again. */
final class AvroBuffer implements Unscaled {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_SIZE = 1024;

    /** What is kept between records; one huge row must not hold its memory for ever. */
    private static final int KEPT_SIZE = 1 << 20;

    private static final int MAX_SIZE = Integer.MAX_VALUE - 16;

    /** The longest number: 64 bits, seven a byte. */
    private static final int NUMBER_BYTES = 10;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    /** Bytes written so far. */
    int size() {
        return size;
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
        ensure(end - start);
        System.arraycopy(source, start, bytes, size, end - start);
        size += end - start;
    }

    /** Appends one byte, which is a small number or the branch of a union doubled, or half of something else. */
    void octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Appends the branch of a union that has at most 64. */
    void branch(int index) {
        octet(index << 1);
    }

    /** Appends an int or a long, whose encodings are the same: zigzag, then seven bits a byte. */
    void number(long value) {
        ensure(NUMBER_BYTES);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Appends a boolean. */
    void truth(boolean value) {
        octet(value ? 1 : 0);
    }

    /** Appends a float. */
    void real(float value) {
        ensure(Float.BYTES);
        INTS.set(bytes, size, Float.floatToRawIntBits(value));
        size += Float.BYTES;
    }

    /** Appends a double. */
    void real(double value) {
        ensure(Double.BYTES);
        LONGS.set(bytes, size, Double.doubleToRawLongBits(value));
        size += Double.BYTES;
    }

    /** Appends bytes or a string, whose encodings are the same: length, then content. */
    void bytes(byte[] source, int start, int end) {
        number(end - start);
        raw(source, start, end);
    }

    /** The same for a whole array. */
    void bytes(byte[] source) {
        bytes(source, 0, source.length);
    }

    /** Appends as bytes what two hex digits a byte stand for. */
    void hex(byte[] text, int start, int end) {
        int length = (end - start) / 2;
        number(length);
        ensure(length);
        for (int at = start; at < end; at += 2) {
            bytes[size++] = (byte) BinaryJson.hexByte(text, at);
        }
    }

    @Override
    public void unscaled(long value) {
        int length = (64 - Long.numberOfLeadingZeros(value < 0 ? ~value : value)) / 8 + 1;
        number(length);
        ensure(length);
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    @Override
    public void unscaled(byte[] value) {
        bytes(value);
    }

    /** Leaves room for the count of a block of items; returns its place. */
    int openBlock() {
        octet(0);
        return size - 1;
    }

    /** Ends an array or a map that is one block: its count goes to where room was left for it. */
    void closeBlock(int place, int count) {
        if (count == 0) {
            return;
        }
        if (count < 64) {
            bytes[place] = (byte) (count << 1);
        } else {
            insert(place, count);
        }
        octet(0);
    }

    /** Puts a count of more than one byte in place of one byte. */
    private void insert(int place, int count) {
        int end = size;
        number(count);
        int length = size - end;
        byte[] encoded = Arrays.copyOfRange(bytes, end, size);
        System.arraycopy(bytes, place + 1, bytes, place + length, end - place - 1);
        System.arraycopy(encoded, 0, bytes, place, length);
        size = end + length - 1;
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
}
