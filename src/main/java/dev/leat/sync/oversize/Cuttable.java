package dev.leat.sync.oversize;

import dev.leat.change.DataType;

/** What may be done to the values of a column to make them smaller. */
enum Cuttable {
    /** Ends earlier, at the boundary of a character. */
    TEXT,
    /** Ends earlier, at the boundary of a byte; two hexadecimal digits are one. */
    BYTES,
    /** A part of it would be no value of its type (a document, an array, a row): it is left out as a whole. */
    WHOLE,
    /** Stays as it is: numbers, times, labels. */
    NEVER;

    private static final int BYTEA = 17;
    private static final int TEXT_OID = 25;
    private static final int BPCHAR = 1042;
    private static final int VARCHAR = 1043;
    private static final int NUMERIC = 1700;

    static Cuttable of(DataType declared) {
        DataType type = declared.undomained();
        if (type.kind() != DataType.Kind.BASE) {
            return type.kind() == DataType.Kind.ENUM ? NEVER : WHOLE;
        }
        return switch (type.oid()) {
            case TEXT_OID, VARCHAR, BPCHAR -> TEXT;
            case BYTEA -> BYTES;
            case NUMERIC -> NEVER;
            default -> type.name().equals("citext") ? TEXT : WHOLE;
        };
    }

    /** Where a value ends that may have at most so many bytes. */
    int cut(byte[] bytes, int start, int length, int atMost) {
        if (length <= atMost) {
            return length;
        }
        return switch (this) {
            case TEXT -> character(bytes, start, atMost);
            case BYTES -> isHex(bytes, start, length) ? Math.max(2, atMost & ~1) : length;
            case WHOLE, NEVER -> length;
        };
    }

    /** Bytes of the value that a text stands for. */
    long originalBytes(byte[] bytes, int start, int length) {
        return this == BYTES && isHex(bytes, start, length) ? (length - 2) / 2 : length;
    }

    private static int character(byte[] bytes, int start, int atMost) {
        int end = atMost;
        while (end > 0 && (bytes[start + end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    private static boolean isHex(byte[] bytes, int start, int length) {
        return length >= 2 && bytes[start] == '\\' && bytes[start + 1] == 'x';
    }
}
