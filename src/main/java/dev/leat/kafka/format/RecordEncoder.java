package dev.leat.kafka.format;

import dev.leat.change.Change;

/**
 * Turns changes of one table shape into records of one format. Compiled once per shape; not safe for several threads,
 * because it writes into a buffer of its own.
 */
public interface RecordEncoder {

    /** Encodes one change into one or more records, replacing what the records held before. */
    void encode(Change change, EncodedRecords records);
}
