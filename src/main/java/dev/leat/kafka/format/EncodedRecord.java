package dev.leat.kafka.format;

import org.jspecify.annotations.Nullable;

/**
 * One record's bytes.
 *
 * @param key the record key; null for a table without a key
 * @param value the record value; null for a tombstone
 * @param partitionBytes what the partition is chosen by: the key, or the columns chosen for the table; null to go by table
 * @param headerName a header of the format's own, beside those that every record has; null for none
 * @param headerValue its value
 * @param unavailable names of unchanged large columns, separated by commas; null when there are none
 */
public record EncodedRecord(
        byte @Nullable [] key,
        byte @Nullable [] value,
        byte @Nullable [] partitionBytes,
        @Nullable String headerName,
        byte @Nullable [] headerValue,
        byte @Nullable [] unavailable) {

    /** Bytes of key and value. */
    public int contentBytes() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
