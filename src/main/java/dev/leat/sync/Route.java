package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Partitioning;
import dev.leat.kafka.Topic;
import dev.leat.kafka.format.EncodedRecords;
import dev.leat.kafka.format.RecordEncoder;
import dev.leat.shape.TableShape;
import java.util.Optional;

/** The road of one table's rows: what the user does to them, how they are encoded, where they go. For one thread. */
final class Route {

    private final TableShape shape;
    private final RecordEncoder encoder;
    private final Topic topic;
    private final Partitioning partitioning;
    private final EncodedRecords records = new EncodedRecords();

    Route(TableShape shape, RecordEncoder encoder, Topic topic, Partitioning partitioning) {
        this.shape = shape;
        this.encoder = encoder;
        this.topic = topic;
        this.partitioning = partitioning;
    }

    /** Sends a change on its way; returns the bytes of its records, 0 when the user does not want it. */
    long send(Change change, KafkaSink sink, Delivery delivery) {
        Optional<Change> wanted = shape.apply(change);
        if (wanted.isEmpty()) {
            return 0;
        }
        encoder.encode(wanted.get(), records);
        return sink.send(topic, partitioning, wanted.get(), records, delivery);
    }
}
