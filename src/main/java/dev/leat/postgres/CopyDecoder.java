package dev.leat.postgres;

import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads one line of {@code COPY … TO STDOUT} in text format. Escapes are undone in place, so that the values end up as
 * the very bytes that the log would have sent. Source: PostgreSQL's manual, COPY, "Text Format".
 */
public final class CopyDecoder {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long TABS = ONES * '\t';
    private static final long NEWLINES = ONES * '\n';
    private static final long BACKSLASHES = ONES * '\\';

    private CopyDecoder() {}

    /**
     * Decodes the line that starts at a place.
     *
     * @param line changed in place where it holds escapes
     * @param from index of the line's first byte
     * @param columns how many values the line must have
     * @param row filled with the values
     * @return index after the line's end
     * @throws SyncException of kind {@code SOURCE_PROTOCOL} when the bytes are no such line
     */
    public static int decode(byte[] line, int from, int columns, Row row) {
        row.reset(line, false);
        int at = from;
        if (columns == 0 && at < line.length && line[at] == '\n') {
            return at + 1;
        }
        while (true) {
            int stop = special(line, at);
            if (stop == line.length) {
                throw malformed(line, stop, "has no end");
            }
            int length = stop - at;
            if (line[stop] == '\\') {
                if (length == 0 && isNull(line, stop)) {
                    stop += 2;
                    length = Row.NULL;
                } else {
                    long end = unescape(line, stop);
                    stop = (int) end;
                    length = (int) (end >>> 32) - at;
                }
            }
            row.add(at, length);
            at = stop + 1;
            if (line[stop] == '\n') {
                break;
            }
        }
        if (row.size() != columns) {
            throw malformed(line, at, "has " + row.size() + " values in place of " + columns);
        }
        return at;
    }

    private static boolean isNull(byte[] line, int at) {
        return at + 2 < line.length && line[at + 1] == 'N' && (line[at + 2] == '\t' || line[at + 2] == '\n');
    }

    /** Undoes escapes from the first one on; returns the value's new end (high half) and its delimiter's place (low). */
    private static long unescape(byte[] line, int firstBackslash) {
        int write = firstBackslash;
        int read = firstBackslash;
        while (read < line.length) {
            byte b = line[read++];
            if (b == '\t' || b == '\n') {
                return (long) write << 32 | (read - 1);
            }
            if (b == '\\') {
                if (read == line.length) {
                    break;
                }
                b = unescaped(line[read++]);
            }
            line[write++] = b;
        }
        throw malformed(line, read, "has no end");
    }

    private static byte unescaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> letter;
        };
    }

    /** The first tab, newline or backslash from a place on; the array's length when there is none. Eight bytes a step. */
    private static int special(byte[] line, int from) {
        int at = from;
        int lastWord = line.length - 8;
        while (at <= lastWord) {
            long word = (long) WORD.get(line, at);
            long found = zeroBytes(word ^ TABS) | zeroBytes(word ^ NEWLINES) | zeroBytes(word ^ BACKSLASHES);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += 8;
        }
        while (at < line.length && line[at] != '\t' && line[at] != '\n' && line[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The high bit of the lowest zero byte, and perhaps of bytes above it ("Hacker's Delight", 6-1). */
    private static long zeroBytes(long word) {
        return word - ONES & ~word & HIGHS;
    }

    private static SyncException malformed(byte[] line, int at, String what) {
        return new SyncException(
                FailureKind.SOURCE_PROTOCOL,
                "COPY line of " + line.length + " bytes " + what + ", at byte " + at + ".");
    }
}
