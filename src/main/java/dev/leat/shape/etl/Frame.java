package dev.leat.shape.etl;

import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import java.util.Arrays;
import java.util.List;

/**
 * The row that a program works on: the source's values, decoded when an expression first asks for them, and the values
 * that steps have made. Filled again for each row.
 */
final class Frame {

    private static final Row NO_ROW = new Row();
    private static final Origin NOWHERE = new Origin(0, 0, 0, 0, 0, 0);

    private final int sourceColumns;
    private final Object[] values;
    private final int[] starts;
    private final int[] lengths;
    private final ValueBuffer made = new ValueBuffer();
    private final Row result = new Row();
    private Row row = NO_ROW;
    private Origin origin = NOWHERE;
    private String operation = "";

    /** A frame for rows of so many columns, to which the program adds slots. */
    Frame(int sourceColumns, int slots) {
        this.sourceColumns = sourceColumns;
        this.values = new Object[slots];
        this.starts = new int[slots];
        this.lengths = new int[slots];
    }

    void begin(Row source, Origin from, String what) {
        row = source;
        origin = from;
        operation = what;
        made.clear();
        Arrays.fill(values, null);
    }

    /** The value of a slot. */
    Object value(Slot slot) {
        Object value = values[slot.index()];
        if (value == null) {
            value = decoded(slot);
            values[slot.index()] = value;
        }
        return value;
    }

    private Object decoded(Slot slot) {
        int length = length(slot.index());
        return switch (length) {
            case Row.NULL -> Missing.NULL;
            case Row.UNCHANGED -> Missing.UNAVAILABLE;
            default -> Decoding.of(slot.kind(), bytes(slot.index()), start(slot.index()), unpadded(slot, length));
        };
    }

    /** The length of a value without what fills it up. */
    private int unpadded(Slot slot, int length) {
        if (!slot.padded()) {
            return length;
        }
        byte[] bytes = bytes(slot.index());
        int end = start(slot.index()) + length;
        while (end > start(slot.index()) && bytes[end - 1] == ' ') {
            end--;
        }
        return end - start(slot.index());
    }

    private byte[] bytes(int slot) {
        return slot < sourceColumns ? row.bytes() : made.bytes();
    }

    private int start(int slot) {
        return slot < sourceColumns ? row.start(slot) : starts[slot];
    }

    private int length(int slot) {
        return slot < sourceColumns ? row.length(slot) : lengths[slot];
    }

    /** Gives a slot the value of an expression. */
    void assign(Slot slot, Object value, Rendering rendering) {
        starts[slot.index()] = made.length();
        if (value instanceof Missing missing) {
            lengths[slot.index()] = missing == Missing.NULL ? Row.NULL : Row.UNCHANGED;
        } else {
            rendering.write(value, made);
            lengths[slot.index()] = made.length() - starts[slot.index()];
        }
    }

    /** Gives a slot the masked value of another. */
    void mask(Slot from, Slot to, Masks mask) {
        int length = length(from.index());
        starts[to.index()] = made.length();
        lengths[to.index()] = length;
        if (length >= 0) {
            // the buffer may move while it grows, so its own bytes are masked from a copy
            byte[] source =
                    from.index() < sourceColumns ? row.bytes() : made.bytes().clone();
            int text = unpadded(from, length);
            mask.mask(source, start(from.index()), text, made);
            if (to.padded()) {
                made.append(source, start(from.index()) + text, length - text);
            }
            lengths[to.index()] = made.length() - starts[to.index()];
        }
    }

    Object meta(Meta meta) {
        return switch (meta) {
            case OPERATION -> operation;
            case COMMITTED_AT -> origin.committedAtMicros();
            case LSN -> new Lsn(origin.lsn()).toString();
            case COMMIT_LSN -> new Lsn(origin.commitLsn()).toString();
            case TRANSACTION_ID ->
                origin.transactionId() == 0 ? Missing.NULL : (Object) Integer.toUnsignedLong(origin.transactionId());
            case SCHEMA, TABLE, DATABASE -> throw new IllegalStateException("constant " + meta);
        };
    }

    /** The row of the given slots; the values that the source gave are copied beside those that were made. */
    Row result(int[] slots) {
        int first = Integer.MAX_VALUE;
        int end = 0;
        for (int slot : slots) {
            if (slot < sourceColumns && row.length(slot) > 0) {
                first = Math.min(first, row.start(slot));
                end = Math.max(end, row.start(slot) + row.length(slot));
            }
        }
        int shift = made.length() - first;
        if (end > first) {
            made.append(row.bytes(), first, end - first);
        }
        result.reset(made.bytes(), false);
        for (int slot : slots) {
            boolean kept = slot < sourceColumns;
            int length = length(slot);
            result.add(length <= 0 ? 0 : kept ? start(slot) + shift : start(slot), length);
        }
        return result;
    }

    /** The row of the given slots of which only those at the key's places are known; they come from the source. */
    Row key(Row source, int[] slots, List<Integer> key) {
        result.reset(source.bytes(), true);
        for (int i = 0; i < slots.length; i++) {
            boolean known = key.contains(i);
            result.add(known ? source.start(slots[i]) : 0, known ? source.length(slots[i]) : Row.NULL);
        }
        return result;
    }

    /** The row of the given slots, all of which come from the source; a slot that does not is null. */
    Row projected(Row source, int[] slots) {
        result.reset(source.bytes(), source.keyOnly());
        for (int slot : slots) {
            boolean kept = slot < sourceColumns;
            result.add(kept ? source.start(slot) : 0, kept ? source.length(slot) : Row.NULL);
        }
        return result;
    }
}
