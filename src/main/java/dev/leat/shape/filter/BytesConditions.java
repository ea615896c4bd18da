package dev.leat.shape.filter;

import dev.leat.change.Row;
import java.util.Arrays;

/** Conditions over values that are compared by their bytes, or, with {@code digits}, as numbers written in digits. */
final class BytesConditions {

    private BytesConditions() {}

    /** {@code x < y} and its like. */
    record Comparison(Operator operator, boolean digits, BytesTerm left, BytesTerm right) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            Row leftRow = left.in(row, rest);
            Row rightRow = right.in(row, rest);
            int leftLength = left.length(leftRow);
            int rightLength = right.length(rightRow);
            if (leftLength == Row.NULL || rightLength == Row.NULL) {
                return Truth.UNKNOWN;
            }
            byte[] a = leftRow.bytes();
            int aStart = leftRow.start(left.column());
            byte[] b = rightRow.bytes();
            int bStart = rightRow.start(right.column());
            int order = digits
                    ? NumericText.compare(a, aStart, leftLength, b, bStart, rightLength)
                    : Arrays.compareUnsigned(a, aStart, aStart + leftLength, b, bStart, bStart + rightLength);
            return Truth.of(operator.holds(order));
        }
    }

    /** {@code x IN (…)} over constants in order, compared by their bytes. */
    record Among(BytesTerm term, byte[][] sorted) implements Condition {
        @Override
        public Truth of(Row row, Row rest) {
            Row holder = term.in(row, rest);
            int length = term.length(holder);
            return length == Row.NULL
                    ? Truth.UNKNOWN
                    : Truth.of(found(holder.bytes(), holder.start(term.column()), length));
        }

        private boolean found(byte[] bytes, int start, int length) {
            int low = 0;
            int high = sorted.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                byte[] candidate = sorted[middle];
                int order = Arrays.compareUnsigned(candidate, 0, candidate.length, bytes, start, start + length);
                if (order == 0) {
                    return true;
                }
                low = order < 0 ? middle + 1 : low;
                high = order < 0 ? high : middle - 1;
            }
            return false;
        }
    }
}
