package dev.leat.kafka.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The records that one change became, in the order in which they are to be sent; filled again for each change. */
public final class EncodedRecords {

    private @Nullable EncodedRecord[] records = new @Nullable EncodedRecord[4];
    private int count;

    /** Forgets all records. */
    public void clear() {
        Arrays.fill(records, 0, count, null);
        count = 0;
    }

    /** Appends a record. */
    public void add(EncodedRecord record) {
        if (count == records.length) {
            records = Arrays.copyOf(records, count * 2);
        }
        records[count++] = record;
    }

    /** Number of records. */
    public int count() {
        return count;
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
