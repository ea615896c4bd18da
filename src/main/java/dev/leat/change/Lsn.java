package dev.leat.change;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A position in the source's write-ahead log: an unsigned 64-bit byte address, printed by PostgreSQL as two hexadecimal
 * halves ({@code 16/B374D848}).
 */
public record Lsn(long value) implements Comparable<Lsn> {

    /** The position before everything. */
    public static final Lsn ZERO = new Lsn(0);

    /**
     * Parses PostgreSQL's notation.
     *
     * @throws IllegalArgumentException when the text is not two hexadecimal numbers around a slash
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash > 8 || text.length() - slash < 2 || text.length() - slash > 9) {
            throw new IllegalArgumentException("Not an LSN: " + text);
        }
        long high = HexFormat.fromHexDigitsToLong(text, 0, slash);
        long low = HexFormat.fromHexDigitsToLong(text, slash + 1, text.length());
        return new Lsn(high << 32 | low);
    }

    /** Whether this position lies before the other, as unsigned numbers. */
    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    /** Bytes from the other position to this one; negative when this one lies before it. */
    public long minus(Lsn other) {
        return value - other.value;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(Locale.ROOT)
                + "/"
                + Long.toHexString(value & 0xFFFF_FFFFL).toUpperCase(Locale.ROOT);
    }
}
