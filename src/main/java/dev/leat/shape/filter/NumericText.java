package dev.leat.shape.filter;

/**
 * Compares numbers of type numeric by the digits that PostgreSQL prints: exact, without an exponent, without zeros in
 * front. NaN is the greatest and equals itself; the infinities stand below it and at the other end.
 */
final class NumericText {

    private NumericText() {}

    /** Negative, 0 or positive, as the first number is less, the same or greater. */
    static int compare(byte[] a, int aStart, int aLength, byte[] b, int bStart, int bLength) {
        int rank = rank(a, aStart);
        int other = rank(b, bStart);
        if (rank != other || rank == -2 || rank >= 2) {
            return Integer.compare(rank, other);
        }
        boolean negative = rank < 0;
        int skip = negative ? 1 : 0;
        int order = magnitude(a, aStart + skip, aStart + aLength, b, bStart + skip, bStart + bLength);
        return negative ? -order : order;
    }

    /** -2 minus infinity, -1 negative, 0 positive or zero, 2 infinity, 3 NaN. */
    private static int rank(byte[] bytes, int start) {
        return switch (bytes[start]) {
            case 'N' -> 3;
            case 'I' -> 2;
            case '-' -> bytes[start + 1] == 'I' ? -2 : -1;
            default -> 0;
        };
    }

    private static int magnitude(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
        int aPoint = point(a, aStart, aEnd);
        int bPoint = point(b, bStart, bEnd);
        int order = Integer.compare(aPoint - aStart, bPoint - bStart);
        for (int i = 0; order == 0 && i < aPoint - aStart; i++) {
            order = Byte.compare(a[aStart + i], b[bStart + i]);
        }
        return order == 0 ? fraction(a, aPoint + 1, aEnd, b, bPoint + 1, bEnd) : order;
    }

    private static int fraction(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
        int digits = Math.max(aEnd - aStart, bEnd - bStart);
        for (int i = 0; i < digits; i++) {
            byte left = aStart + i < aEnd ? a[aStart + i] : (byte) '0';
            byte right = bStart + i < bEnd ? b[bStart + i] : (byte) '0';
            if (left != right) {
                return Byte.compare(left, right);
            }
        }
        return 0;
    }

    private static int point(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != '.') {
            at++;
        }
        return at;
    }
}
