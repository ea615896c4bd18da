package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Servers;
import dev.leat.kafka.format.EncodedRecord;
import dev.leat.kafka.format.EncodedRecords;
import dev.leat.settings.Acks;
import dev.leat.settings.Compression;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSettings;
import dev.leat.settings.PartitionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records arrive with their headers, deliveries wait for their acks, and failures name what failed. */
class KafkaSinkIT {

    private static final TableId ORDERS = new TableId("public", "orders");
    private static final Table TABLE = new Table(
            1,
            ORDERS,
            List.of(new Column("id", new DataType(23, "int4", "integer", -1, DataType.Kind.BASE, null), true)),
            List.of(0),
            false);
    private static final Partitioning BY_KEY = new Partitioning(PartitionPolicy.PRIMARY_KEY, "shop", ORDERS);

    private final KafkaServer kafka = Servers.kafka();
    private final KafkaClients clients = new KafkaClients(
            KafkaEndpoint.plaintext(kafka.bootstrap()), "leat-test", Duration.ofSeconds(1), Duration.ofSeconds(3));

    @Test
    void recordCarriesKeyValueTimeHeadersAndItsPartition() {
        var topic = topic(5, Map.of());
        try (var sink = sink(KafkaSettings.DEFAULT)) {
            var delivery = sink.delivery();
            var records = new EncodedRecords();
            records.add(new EncodedRecord(
                    bytes("{\"id\":7}"), bytes("value"), bytes("{\"id\":7}"), "own", bytes("x"), bytes("big,huge")));
            records.add(new EncodedRecord(null, null, null, null, null, null));
            sink.send(topic, BY_KEY, change(0x16_B374_D848L, 258), records, delivery);
            delivery.seal();
            sink.flush();

            assertThat(delivery.sent()).isEqualTo(2);
            assertThat(delivery.delivered()).isTrue();
        }
        var keyed = kafka.readAll(topic.name()).stream()
                .filter(r -> r.key() != null)
                .findFirst()
                .orElseThrow();
        assertThat(keyed.key()).isEqualTo(bytes("{\"id\":7}"));
        assertThat(keyed.value()).isEqualTo(bytes("value"));
        assertThat(keyed.timestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(keyed.partition()).isEqualTo(BuiltInPartitioner.partitionForKey(keyed.key(), 5));
        assertThat(headers(keyed))
                .containsExactly(
                        "leat.task=nightly",
                        "leat.position=00000016b374d848-00000102",
                        "own=x",
                        "leat.unavailable=big,huge");
        assertThat(kafka.readAll(topic.name()))
                .filteredOn(r -> r.key() == null)
                .singleElement()
                .satisfies(tombstone -> {
                    assertThat(tombstone.value()).isNull();
                    assertThat(tombstone.partition()).isEqualTo(BY_KEY.partition(null, 5));
                    assertThat(headers(tombstone)).hasSize(2);
                });
    }

    @ParameterizedTest
    @EnumSource
    void everyCompressionArrives(Compression compression) {
        assertArrives(new KafkaSettings(compression, null, null, null, null));
    }

    @ParameterizedTest
    @EnumSource
    void everyAcknowledgementCompletesADelivery(Acks acks) {
        assertArrives(new KafkaSettings(null, acks, null, null, null));
    }

    @Test
    void deliveryIsNotCompleteBeforeItIsSealed() {
        var topic = topic(1, Map.of());
        try (var sink = sink(KafkaSettings.DEFAULT)) {
            var delivery = sink.delivery();
            assertThat(delivery.delivered()).isFalse();
            sink.send(topic, BY_KEY, change(1, 0), record("1", "a"), delivery);
            sink.flush();
            assertThat(delivery.delivered()).isFalse();
            delivery.seal();
            assertThat(delivery.delivered()).isTrue();

            var empty = sink.delivery();
            empty.seal();
            assertThat(empty.delivered()).isTrue();
        }
    }

    @Test
    void recordOverTheLimitNamesTableTopicLimitAndKey() {
        var topic = topic(1, Map.of("max.message.bytes", "2000000"));
        try (var sink = sink(KafkaSettings.DEFAULT)) {
            var delivery = sink.delivery();
            assertThatThrownBy(() -> sink.send(
                            topic, BY_KEY, change(1, 0), record("{\"id\":42}", "x".repeat(2_400_000)), delivery))
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.RECORD_TOO_LARGE))
                    .hasMessage("Table public.orders: record of 2.4 MB exceeds the 2.0 MB limit of topic "
                            + topic.name() + " (row {\"id\":42}).");
            assertThat(delivery.sent()).isZero();
            sink.check();
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordJustBelowTheLimitArrivesThoughItCannotBeCompressed(Compression compression) {
        var topic = topic(1, Map.of("max.message.bytes", "3000000"));
        byte[] noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);
        try (var sink = sink(new KafkaSettings(compression, null, null, null, null))) {
            int size = noise.length;
            while (size > 0) {
                var records = new EncodedRecords();
                records.add(new EncodedRecord(
                        bytes("1"),
                        java.util.Arrays.copyOf(noise, size),
                        bytes("1"),
                        null,
                        null,
                        bytes("c".repeat(300))));
                var delivery = sink.delivery();
                try {
                    sink.send(topic, BY_KEY, change(1, 0), records, delivery);
                } catch (SyncException e) {
                    assertThat(e).hasMessageContaining("Table public.orders");
                    size -= 100;
                    continue;
                }
                delivery.seal();
                sink.flush();
                assertThat(delivery.delivered()).isTrue();
                break;
            }
            assertThat(size).isGreaterThan(2_900_000);
        }
    }

    @Test
    void brokerThatIsGoneIsAnUnreachableDestinationAndWhatWasAcknowledgedIsThere() {
        var topic = topic(1, Map.of());
        try (var sink = sink(KafkaSettings.DEFAULT)) {
            var before = sink.delivery();
            for (int i = 0; i < 100; i++) {
                sink.send(topic, BY_KEY, change(1, i), record("k" + i, "v"), before);
            }
            before.seal();
            await().until(before::delivered);
            kafka.stop();
            var after = sink.delivery();
            try {
                sink.send(topic, BY_KEY, change(2, 0), record("late", "v"), after);
                after.seal();
                await().atMost(Duration.ofSeconds(15))
                        .untilAsserted(() -> assertThatThrownBy(sink::check)
                                .isInstanceOfSatisfying(
                                        SyncException.class,
                                        failure -> assertThat(failure.kind())
                                                .isEqualTo(FailureKind.DESTINATION_UNREACHABLE))
                                .hasMessageContaining(topic.name()));
                assertThat(after.delivered()).isFalse();
                assertThatThrownBy(() -> sink.send(topic, BY_KEY, change(2, 1), record("later", "v"), after))
                        .isInstanceOf(SyncException.class);
            } finally {
                kafka.start();
            }
        }
        assertThat(kafka.readAll(topic.name())).hasSizeGreaterThanOrEqualTo(100);
        assertThat(kafka.readAll(topic.name()))
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .contains("k0", "k99");
    }

    @Test
    void topicThatIsNotThereEndsInAFailureThatNamesIt() {
        var gone = new Topic("gone-" + UUID.randomUUID(), 1, 1_000_000);
        try (var sink = sink(KafkaSettings.DEFAULT)) {
            assertThatThrownBy(() -> {
                        sink.send(gone, BY_KEY, change(1, 0), record("1", "v"), sink.delivery());
                        sink.flush();
                    })
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DESTINATION_TOPIC_MISSING))
                    .hasMessageContaining(gone.name());
        }
    }

    private void assertArrives(KafkaSettings settings) {
        var topic = topic(1, Map.of());
        try (var sink = sink(settings)) {
            var delivery = sink.delivery();
            for (int i = 0; i < 500; i++) {
                sink.send(topic, BY_KEY, change(1, i), record("k" + i, "value ".repeat(50)), delivery);
            }
            delivery.seal();
            await().until(delivery::delivered);
            sink.check();
        }
        await().untilAsserted(() -> assertThat(kafka.readAll(topic.name()))
                .hasSize(500)
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .startsWith("k0", "k1", "k2")
                .endsWith("k499"));
    }

    private KafkaSink sink(KafkaSettings settings) {
        return new KafkaSink(clients, settings, "nightly", Pace.BULK, List.of());
    }

    private Topic topic(int partitions, Map<String, String> config) {
        var name = "sink-" + UUID.randomUUID();
        kafka.createTopic(name, partitions, config);
        return new Topics(clients)
                .prepare(List.of(new TopicSpec(name, null, null)))
                .get(name);
    }

    private static Change change(long commitLsn, int index) {
        return new Change.Insert(TABLE, new Origin(commitLsn, 1, index, 1, 1_700_000_000_123_456L, 0), new Row());
    }

    private static EncodedRecords record(String key, String value) {
        var records = new EncodedRecords();
        records.add(new EncodedRecord(bytes(key), bytes(value), bytes(key), null, null, null));
        return records;
    }

    private static List<String> headers(ConsumerRecord<?, ?> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
