package dev.leat.kafka.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Writes bytes, and what PostgreSQL prints for {@code bytea} and bit strings, as JSON strings. */
final class BinaryJson {

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NIBBLES = nibbles();

    private BinaryJson() {}

    /** Bytes in base64. */
    static void base64(JsonBuffer out, byte[] source, int start, int end) {
        int at = out.reserve((end - start + 2L) / 3 * 4 + 2);
        byte[] target = out.array();
        target[at++] = '"';
        int from = start;
        for (; end - from >= 3; from += 3) {
            at = triple(
                    target,
                    at,
                    unsigned(source, from) << 16 | unsigned(source, from + 1) << 8 | unsigned(source, from + 2));
        }
        if (end - from == 1) {
            at = single(target, at, unsigned(source, from));
        } else if (end - from == 2) {
            at = pair(target, at, unsigned(source, from) << 8 | unsigned(source, from + 1));
        }
        target[at++] = '"';
        out.end(at);
    }

    /** A number as the fewest bytes of its two's complement, most significant first, in base64. */
    static void base64(JsonBuffer out, long value) {
        int left = (64 - Long.numberOfLeadingZeros(value < 0 ? ~value : value)) / 8 + 1;
        int at = out.reserve(14);
        byte[] target = out.array();
        target[at++] = '"';
        for (; left >= 3; left -= 3) {
            at = triple(target, at, (int) (value >>> ((left - 3) * 8)) & 0xFF_FFFF);
        }
        if (left == 1) {
            at = single(target, at, (int) value & 0xFF);
        } else if (left == 2) {
            at = pair(target, at, (int) value & 0xFFFF);
        }
        target[at++] = '"';
        out.end(at);
    }

    /** A {@code bytea} in hex format, such as {@code \x0102}, in base64. */
    static void byteaBase64(JsonBuffer out, byte[] text, int start, int end) {
        int from = hexDigits(text, start, end);
        int at = out.reserve((end - from + 5L) / 6 * 4 + 2);
        byte[] target = out.array();
        target[at++] = '"';
        for (; end - from >= 6; from += 6) {
            at = triple(target, at, hexByte(text, from) << 16 | hexByte(text, from + 2) << 8 | hexByte(text, from + 4));
        }
        if (end - from == 2) {
            at = single(target, at, hexByte(text, from));
        } else if (end - from == 4) {
            at = pair(target, at, hexByte(text, from) << 8 | hexByte(text, from + 2));
        }
        target[at++] = '"';
        out.end(at);
    }

    /** A {@code bytea} in hex format as its bare digits. */
    static void byteaHex(JsonBuffer out, byte[] text, int start, int end) {
        int from = hexDigits(text, start, end);
        for (int i = from; i < end; i += 2) {
            hexByte(text, i);
        }
        out.quoted(text, from, end);
    }

    /** A {@code bytea} in hex format as text whose characters are its bytes (ISO-8859-1). */
    static void byteaLatin1(JsonBuffer out, JsonBuffer scratch, byte[] text, int start, int end) {
        int from = hexDigits(text, start, end);
        int at = scratch.reserve(end - from);
        byte[] target = scratch.array();
        int to = at;
        for (; from < end; from += 2) {
            int value = hexByte(text, from);
            if (value < 0x80) {
                target[to++] = (byte) value;
            } else {
                target[to++] = (byte) (0xC0 | value >> 6);
                target[to++] = (byte) (0x80 | (value & 63));
            }
        }
        out.string(target, at, to);
    }

    /** A bit string as bytes, least significant first and without leading zeros of the number, in base64. */
    static void bits(JsonBuffer out, JsonBuffer scratch, byte[] text, int start, int end) {
        bits(scratch, text, start, end);
        base64(out, scratch.array(), 0, scratch.size());
    }

    /** The same as bytes, in place of what the buffer held. */
    static void bits(JsonBuffer scratch, byte[] text, int start, int end) {
        scratch.reset();
        int at = scratch.reserve((end - start + 7) / 8);
        byte[] target = scratch.array();
        int to = at;
        int used = at;
        int value = 0;
        for (int bit = 0; bit < end - start; bit++) {
            value |= bit(text[end - 1 - bit]) << (bit & 7);
            if ((bit & 7) == 7 || bit == end - start - 1) {
                target[to++] = (byte) value;
                used = value == 0 ? used : to;
                value = 0;
            }
        }
        scratch.end(used);
    }

    /** A bit string of at most one bit as true or false. */
    static boolean bit(byte[] text, int start, int end) {
        if (end - start > 1) {
            throw UnwritableValue.MALFORMED;
        }
        return end > start && bit(text[start]) == 1;
    }

    /** Bytes as hex digits; for constants. */
    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static int bit(byte character) {
        if (character != '0' && character != '1') {
            throw UnwritableValue.MALFORMED;
        }
        return character - '0';
    }

    /** Checks a {@code bytea} in hex format and returns where its digits begin. */
    static int hexDigits(byte[] text, int start, int end) {
        if (end - start < 2 || text[start] != '\\' || text[start + 1] != 'x' || (end - start & 1) != 0) {
            throw UnwritableValue.MALFORMED;
        }
        return start + 2;
    }

    /** The byte that two hex digits stand for. */
    static int hexByte(byte[] text, int at) {
        int value = NIBBLES[text[at] & 255] << 4 | NIBBLES[text[at + 1] & 255];
        if (value < 0) {
            throw UnwritableValue.MALFORMED;
        }
        return value;
    }

    private static int unsigned(byte[] source, int at) {
        return source[at] & 255;
    }

    private static int triple(byte[] target, int at, int bits) {
        target[at] = ALPHABET[bits >>> 18];
        target[at + 1] = ALPHABET[bits >>> 12 & 63];
        target[at + 2] = ALPHABET[bits >>> 6 & 63];
        target[at + 3] = ALPHABET[bits & 63];
        return at + 4;
    }

    private static int pair(byte[] target, int at, int bits) {
        target[at] = ALPHABET[bits >>> 10];
        target[at + 1] = ALPHABET[bits >>> 4 & 63];
        target[at + 2] = ALPHABET[bits << 2 & 63];
        target[at + 3] = '=';
        return at + 4;
    }

    private static int single(byte[] target, int at, int bits) {
        target[at] = ALPHABET[bits >>> 2];
        target[at + 1] = ALPHABET[bits << 4 & 63];
        target[at + 2] = '=';
        target[at + 3] = '=';
        return at + 4;
    }

    private static byte[] nibbles() {
        byte[] nibbles = new byte[256];
        Arrays.fill(nibbles, (byte) -1);
        for (int i = 0; i < 16; i++) {
            nibbles["0123456789abcdef".charAt(i)] = (byte) i;
            nibbles["0123456789ABCDEF".charAt(i)] = (byte) i;
        }
        return nibbles;
    }
}
