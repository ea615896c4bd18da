package dev.leat.kafka.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The records that one change became, in the order in which they are to be sent; filled again for each change. */
public final class EncodedRecords {

    private @Nullable EncodedRecord[] records = new @Nullable EncodedRecord[4];
    private int count;
    private @Nullable RecordMark mark;

    /** Forgets all records, and what was said of them. */
    public void clear() {
        Arrays.fill(records, 0, count, null);
        count = 0;
        mark = null;
    }

    /** Appends a record. */
    public void add(EncodedRecord record) {
        if (count == records.length) {
            records = Arrays.copyOf(records, count * 2);
        }
        records[count++] = record;
    }

    /** Says of all the records what was done to them. */
    public void mark(RecordMark said) {
        mark = said;
    }

    /** What was done to the records; null for those that are as they should be. */
    public @Nullable RecordMark mark() {
        return mark;
    }

    /** Number of records. */
    public int count() {
        return count;
    }

    /** The record with the most bytes. */
    public EncodedRecord largest() {
        EncodedRecord largest = get(0);
        for (int i = 1; i < count; i++) {
            largest = get(i).contentBytes() > largest.contentBytes() ? get(i) : largest;
        }
        return largest;
    }

    /** The record at a place, from 0. */
    public EncodedRecord get(int index) {
        EncodedRecord record = records[index];
        if (index >= count || record == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return record;
    }
}
