package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Partitioning;
import dev.leat.kafka.Topic;
import dev.leat.kafka.format.EncodedRecords;
import dev.leat.kafka.format.RecordEncoder;

/**
 * The end of a table's road on our side: its changes become records, which are held until they are sent. For one thread.
 *
 * @param encoder how they are written
 * @param records those of the change at hand
 * @param topic where they go
 * @param partitioning which partition they go to
 */
record Outlet(RecordEncoder encoder, EncodedRecords records, Topic topic, Partitioning partitioning) {

    void encode(Change change) {
        encoder.encode(change, records);
    }

    /** By how many bytes the largest record is too large; not above 0 when all fit. */
    long excess(KafkaSink sink) {
        return sink.excess(topic, records);
    }

    long send(Change change, KafkaSink sink, Delivery delivery) {
        return sink.send(topic, partitioning, change, records, delivery);
    }

    /** What is wrong with records that are too large, without a word on the row. */
    String excessText(Change change) {
        return KafkaSink.excessText(topic, change, records);
    }

    SyncException tooLarge(Change change, KafkaSink sink) {
        return sink.tooLarge(topic, change, records);
    }
}
