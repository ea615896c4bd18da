package dev.leat.kafka;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.format.EncodedRecord;
import dev.leat.kafka.format.EncodedRecords;
import dev.leat.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Kafka's own bytes around a record and its batch: a bound, not a count. */
    private static final int RECORD_OVERHEAD_BYTES = 128;

    /** By how much compression makes larger what cannot be compressed, at most: one byte in so many. */
    private static final int EXPANSION = 1_024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Header taskHeader;
    private volatile @Nullable Exception failure;

    /**
     * Opens a producer.
     *
     * @param task the task's name, for the header
     * @param pace what it is made for
     */
    public KafkaSink(KafkaClients clients, KafkaSettings settings, String task, Pace pace) {
        try {
            this.producer = clients.producer(settings, pace);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw KafkaFailures.of(
                    "Kafka " + clients.endpoint().bootstrapServers(), e.getCause() == null ? e : e.getCause());
        }
        this.taskHeader = new RecordHeader(TASK_HEADER, task.getBytes(StandardCharsets.UTF_8));
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
        long sum = 0;
        Header position = new RecordHeader(POSITION_HEADER, position(change.origin()));
        for (int i = 0; i < encoded.count(); i++) {
            EncodedRecord record = encoded.get(i);
            RecordHeaders headers = headers(record, position);
            int size = checkedSize(topic, change, record, headers);
            ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                    topic.name(),
                    partitioning.partition(record.partitionBytes(), topic.partitions()),
                    change.origin().committedAtMicros() / 1000,
                    record.key(),
                    record.value(),
                    headers);
            delivery.willSend();
            send(message, delivery);
            sum += size;
        }
        return sum;
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

    /** Waits until everything that was sent is acknowledged. */
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

    private RecordHeaders headers(EncodedRecord record, Header position) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(taskHeader);
        headers.add(position);
        if (record.headerName() != null) {
            headers.add(record.headerName(), record.headerValue());
        }
        if (record.unavailable() != null) {
            headers.add(UNAVAILABLE_HEADER, record.unavailable());
        }
        return headers;
    }

    private static int checkedSize(Topic topic, Change change, EncodedRecord record, RecordHeaders headers) {
        int size = length(record.key()) + length(record.value());
        long around = RECORD_OVERHEAD_BYTES + size / EXPANSION;
        for (Header header : headers) {
            // each has two lengths of up to five bytes
            around += header.key().length() + length(header.value()) + 10;
        }
        if (size + around > topic.maxRecordBytes()) {
            throw tooLarge(topic, change.table(), record, size);
        }
        return size;
    }

    private static SyncException tooLarge(Topic topic, Table table, EncodedRecord record, int size) {
        String key = record.key() == null ? "without a key" : new String(record.key(), StandardCharsets.UTF_8);
        return new SyncException(
                FailureKind.RECORD_TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "Table %s: record of %.1f MB exceeds the %.1f MB limit of topic %s (row %s).",
                        table.id(),
                        size / 1e6,
                        topic.maxRecordBytes() / 1e6,
                        topic.name(),
                        key.length() > 200 ? key.substring(0, 200) + "…" : key));
    }

    private static int length(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }

    private static byte[] position(Origin origin) {
        byte[] text = new byte[25];
        hex(origin.commitLsn(), text, 0, 16);
        text[16] = '-';
        hex(origin.index(), text, 17, 8);
        return text;
    }

    private static void hex(long value, byte[] text, int from, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            text[from + i] = HEX[(int) (value & 15)];
            value >>>= 4;
        }
    }
}
