package dev.leat.shape.etl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one row's values, new and kept; filled again for each row. */
final class ValueBuffer {

    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void append(byte[] source, int start, int count) {
        grow(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
    }

    void append(byte one) {
        grow(1);
        bytes[length++] = one;
    }

    void append(String text) {
        int count = text.length();
        grow(count);
        for (int i = 0; i < count; i++) {
            if (text.charAt(i) > 127) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                append(encoded, 0, encoded.length);
                return;
            }
        }
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void grow(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, count)));
        }
    }
}
