package dev.leat.kafka;

import dev.leat.kafka.PeekedRecord.PeekedHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at the newest records of a topic, as no member of any group. */
public final class RecordPeek {

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final int FETCH_BYTES = 4 << 20;

    private static final Comparator<PeekedRecord> BY_AGE =
            Comparator.comparing(PeekedRecord::at).thenComparing(PeekedRecord::offset);

    private final KafkaClients clients;

    /** A look through the clients' endpoint. */
    public RecordPeek(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * The newest records over all partitions, the newest first; fewer when they do not come within some seconds.
     *
     * @throws dev.leat.failure.SyncException when the topic cannot be read
     */
    public List<PeekedRecord> newest(String topic, int limit) {
        Map<String, Object> configs = clients.common();
        configs.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        configs.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configs.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        configs.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        try (var consumer = new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return newest(consumer, partitions, limit);
        } catch (KafkaException e) {
            throw KafkaFailures.of("Topic " + topic, e);
        }
    }

    private static List<PeekedRecord> newest(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, int limit) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        end.forEach((partition, offset) ->
                consumer.seek(partition, Math.max(begin.getOrDefault(partition, 0L), offset - limit)));
        PriorityQueue<PeekedRecord> newest = new PriorityQueue<>(BY_AGE);
        long start = System.nanoTime();
        while (System.nanoTime() - start < LIMIT.toNanos()
                && end.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> keep(newest, record, limit));
        }
        return newest.stream().sorted(BY_AGE.reversed()).toList();
    }

    /** Of each partition the last few are read, but over all no more than are shown are held. */
    private static void keep(PriorityQueue<PeekedRecord> newest, ConsumerRecord<byte[], byte[]> record, int limit) {
        newest.add(peeked(record));
        if (newest.size() > limit) {
            newest.remove();
        }
    }

    private static PeekedRecord peeked(ConsumerRecord<byte[], byte[]> record) {
        return new PeekedRecord(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                StreamSupport.stream(record.headers().spliterator(), false)
                        .map(header -> new PeekedHeader(header.key(), header.value()))
                        .toList());
    }
}
