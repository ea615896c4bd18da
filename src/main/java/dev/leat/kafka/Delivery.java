package dev.leat.kafka;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A group of records whose acknowledgements count as one: a transaction, a part of a large one, or a chunk. One object
 * serves as callback for all its records, so that none is made per record.
 */
public final class Delivery implements Callback {

    private final KafkaSink sink;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private int sent;
    private volatile int expected = -1;

    Delivery(KafkaSink sink) {
        this.sink = sink;
    }

    void willSend() {
        sent++;
    }

    /** Says that no more records belong to the group. */
    public void seal() {
        expected = sent;
    }

    /** How many records have been given to Kafka so far; to be asked by the sending thread. */
    public int sent() {
        return sent;
    }

    /** Whether the group is complete and Kafka has acknowledged every record of it. */
    public boolean delivered() {
        return expected == acknowledged.get();
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null) {
            acknowledged.incrementAndGet();
        } else {
            sink.fail(metadata == null ? failure : KafkaFailures.of("Topic " + metadata.topic(), failure));
        }
    }
}
