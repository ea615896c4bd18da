package dev.leat.kafka;

import dev.leat.kafka.format.EncodedRecord;
import dev.leat.kafka.format.RecordMark;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * How large records are, and how much room a batch with one of them takes at most. Brokers measure the batch as it
 * comes, compressed, and the producer the record before; what stays below the limit here passes both.
 */
final class RecordSize {

    /** Kafka's own bytes around a record and its batch: a bound, not a count. */
    private static final int OVERHEAD_BYTES = 128;

    /** By how much compression makes larger what cannot be compressed, at most: one byte in so many. */
    private static final int EXPANSION = 1_024;

    /** Two lengths of up to five bytes. */
    private static final int HEADER_BYTES = 10;

    private final int always;

    /** Measures records that all have a header which names their task, and one with their position. */
    RecordSize(Header task) {
        this.always = OVERHEAD_BYTES
                + header(task.key(), task.value().length)
                + header(KafkaSink.POSITION_HEADER, RecordPosition.LENGTH);
    }

    /** Bytes of a batch that holds only this record, at most. */
    long bound(EncodedRecord record, @Nullable RecordMark mark) {
        int content = record.contentBytes();
        long bytes = (long) always + content + content / EXPANSION;
        if (record.headerName() != null) {
            bytes += header(record.headerName(), length(record.headerValue()));
        }
        if (record.unavailable() != null) {
            bytes += header(KafkaSink.UNAVAILABLE_HEADER, length(record.unavailable()));
        }
        if (mark != null) {
            bytes += header(mark.header(), mark.value().length);
        }
        return bytes;
    }

    private static int header(String name, int valueBytes) {
        return HEADER_BYTES + name.length() + valueBytes;
    }

    private static int length(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }
}
