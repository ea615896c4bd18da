package dev.leat.kafka;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.format.EncodedRecord;
import dev.leat.kafka.format.EncodedRecords;
import dev.leat.kafka.format.RecordMark;
import dev.leat.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The end of the road: gives encoded records to Kafka and keeps the first thing that goes wrong. Safe for several threads. */
public final class KafkaSink implements AutoCloseable {

    /** Header that names the task. */
    public static final String TASK_HEADER = "leat.task";

    /** Header with commit LSN and index, both as fixed-width hexadecimal numbers with a hyphen between. */
    public static final String POSITION_HEADER = "leat.position";

    /** Header that names the unchanged large columns whose values the record does not hold. */
    public static final String UNAVAILABLE_HEADER = "leat.unavailable";

    /** Header with the names of columns whose values were cut, and their original sizes in bytes, as a JSON object. */
    public static final String TRUNCATED_HEADER = "leat.truncated";

    /** Header of a record that holds only the values of its key: the size in bytes that it would have had. */
    public static final String KEY_ONLY_HEADER = "leat.key-only";

    private final KafkaProducer<byte[], byte[]> producer;
    private final Header taskHeader;
    private final RecordSize size;
    private volatile @Nullable Exception failure;

    /**
     * Opens a producer.
     *
     * @param task the task's name, for the header
     * @param pace what it is made for
     * @param topics where it sends to: no batch gathers more than each of them takes
     */
    public KafkaSink(KafkaClients clients, KafkaSettings settings, String task, Pace pace, Collection<Topic> topics) {
        try {
            this.producer = clients.producer(settings, pace, batchBytes(topics));
        } catch (org.apache.kafka.common.KafkaException e) {
            throw KafkaFailures.of(
                    "Kafka " + clients.endpoint().bootstrapServers(), e.getCause() == null ? e : e.getCause());
        }
        this.taskHeader = new RecordHeader(TASK_HEADER, task.getBytes(StandardCharsets.UTF_8));
        this.size = new RecordSize(taskHeader);
    }

    /** A new group of records. */
    public Delivery delivery() {
        return new Delivery(this);
    }

    /**
     * Sends the records of a change; waits when Kafka is slower than the source.
     *
     * @return bytes of keys and values
     * @throws SyncException when a record is too large, or when sending failed, now or earlier
     */
    public long send(Topic topic, Partitioning partitioning, Change change, EncodedRecords encoded, Delivery delivery) {
        check();
        if (excess(topic, encoded) > 0) {
            throw tooLarge(topic, change, encoded);
        }
        long sum = 0;
        Header position = new RecordHeader(POSITION_HEADER, RecordPosition.of(change.origin()));
        for (int i = 0; i < encoded.count(); i++) {
            EncodedRecord record = encoded.get(i);
            ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                    topic.name(),
                    partitioning.partition(record.partitionBytes(), topic.partitions()),
                    change.origin().committedAtMicros() / 1000,
                    record.key(),
                    record.value(),
                    headers(record, position, encoded.mark()));
            delivery.willSend();
            send(message, delivery);
            sum += record.contentBytes();
        }
        return sum;
    }

    /**
     * Sends a record that is not about a row.
     *
     * @param subject what it is about, for errors
     * @throws SyncException when it is too large, or when sending failed, now or earlier
     */
    public void send(
            Topic topic, int partition, Origin origin, EncodedRecord record, String subject, Delivery delivery) {
        check();
        if (size.bound(record, null) > topic.maxRecordBytes()) {
            throw new SyncException(
                    FailureKind.RECORD_TOO_LARGE,
                    subject + ": record of " + record.contentBytes() + " bytes exceeds the limit of topic "
                            + topic.name() + ", " + topic.maxRecordBytes() + " bytes.");
        }
        Header position = new RecordHeader(POSITION_HEADER, RecordPosition.of(origin));
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                topic.name(),
                partition,
                origin.committedAtMicros() / 1000,
                record.key(),
                record.value(),
                headers(record, position, null));
        delivery.willSend();
        send(message, delivery);
    }

    /** By how many bytes the largest of the records exceeds what the topic takes; none does when it is not above 0. */
    public long excess(Topic topic, EncodedRecords encoded) {
        long largest = 0;
        for (int i = 0; i < encoded.count(); i++) {
            largest = Math.max(largest, size.bound(encoded.get(i), encoded.mark()));
        }
        return largest - topic.maxRecordBytes();
    }

    /** The failure of a change whose largest record exceeds what the topic takes; names the row by its key. */
    public SyncException tooLarge(Topic topic, Change change, EncodedRecords encoded) {
        byte[] bytes = encoded.largest().key();
        String key = bytes == null ? "without a key" : new String(bytes, StandardCharsets.UTF_8);
        return new SyncException(
                FailureKind.RECORD_TOO_LARGE,
                excessText(topic, change, encoded) + " (row " + (key.length() > 200 ? key.substring(0, 200) + "…" : key)
                        + ").");
    }

    /** What is wrong with a change whose largest record exceeds what the topic takes, as a sentence without its end. */
    public static String excessText(Topic topic, Change change, EncodedRecords encoded) {
        return String.format(
                Locale.ROOT,
                "Table %s: record of %.1f MB exceeds the %.1f MB limit of topic %s",
                change.table().id(),
                encoded.largest().contentBytes() / 1e6,
                topic.maxRecordBytes() / 1e6,
                topic.name());
    }

    /**
     * A batch that a topic refuses as too large is split by the producer, again and again until its parts fit; with
     * several requests under way the parts wait for each other with growing pauses, at times longer than a record may
     * take. Only batches that compress worse than those before them still come to that.
     */
    private static int batchBytes(Collection<Topic> topics) {
        return topics.stream().mapToInt(Topic::maxRecordBytes).reduce(KafkaClients.BATCH_BYTES, Math::min);
    }

    private void send(ProducerRecord<byte[], byte[]> message, Delivery delivery) {
        try {
            producer.send(message, delivery);
        } catch (org.apache.kafka.common.KafkaException | IllegalStateException e) {
            fail(e);
            check();
        }
    }

    /** Throws what went wrong, if anything did. */
    public void check() {
        Exception cause = failure;
        if (cause != null) {
            throw cause instanceof SyncException known ? known : KafkaFailures.of("Kafka", cause);
        }
    }

    /** Waits until a group that is complete is acknowledged. */
    public void flush(Delivery delivery) {
        // one flush is not enough: it returns when a batch is split, and does not wait for the parts
        do {
            flush();
        } while (!delivery.delivered());
    }

    /** Sends at once what still gathers, and waits for the acknowledgements of all but parts of split batches. */
    public void flush() {
        producer.flush();
        check();
    }

    /** Gives up what is not acknowledged yet: it will be sent again from the checkpoint. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    void fail(Exception cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    private RecordHeaders headers(EncodedRecord record, Header position, @Nullable RecordMark mark) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(taskHeader);
        headers.add(position);
        if (record.headerName() != null) {
            headers.add(record.headerName(), record.headerValue());
        }
        if (record.unavailable() != null) {
            headers.add(UNAVAILABLE_HEADER, record.unavailable());
        }
        if (mark != null) {
            headers.add(mark.header(), mark.value());
        }
        return headers;
    }
}
