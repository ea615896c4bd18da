package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Servers;
import dev.leat.settings.Compression;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSettings;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be delivered is told in a record that any reader understands, and counts as delivered with it. */
class DeadLettersIT {

    private static final DataType TEXT = new DataType(25, "text", "text", -1, DataType.Kind.BASE, null);
    private static final Table TABLE = new Table(
            1,
            new TableId("public", "a \"table\""),
            List.of(new Column("id", TEXT, true), new Column("körper", TEXT, false), new Column("part", TEXT, true)),
            List.of(2, 0),
            false);
    private static final Origin ORIGIN = new Origin(0x1_0000_00AAL, 0x1_0000_0011L, 3, -2, 1_700_000_000_123_456L, 0);

    private final KafkaServer kafka = Servers.kafka();
    private final KafkaClients clients = new KafkaClients(KafkaEndpoint.plaintext(kafka.bootstrap()), "leat-test");

    @Test
    void letterTellsTheRowTheReasonAndThePlace() {
        var topic = topic(7, Map.of());
        var change = new Change.Update(TABLE, ORIGIN, null, row("it's", "b".repeat(100), "p"));
        byte[] key = DeadLetters.keyOf(change);
        try (var sink = new KafkaSink(clients, KafkaSettings.DEFAULT, "nightly", Pace.PROMPT, List.of(topic))) {
            var delivery = sink.delivery();
            var letters = new DeadLetters(topic, "shop", TABLE.id());
            var letter = new DeadLetter(key, "ETL_FAILED", "Table x: step 2 failed.", Map.of("step", 2, "line", 1));

            long bytes = letters.send(change, letter, sink, delivery);

            delivery.seal();
            sink.flush();
            assertThat(delivery.delivered()).isTrue();
            ConsumerRecord<byte[], byte[]> record = kafka.readAll(topic.name()).getFirst();
            assertThat(bytes).isEqualTo(record.key().length + record.value().length);
            assertThat(record.partition()).isEqualTo(BuiltInPartitioner.partitionForKey(key, 7));
            assertThat(record.timestamp()).isEqualTo(1_700_000_000_123L);
            assertThat(text(record.key())).isEqualTo("{\"part\":\"p\",\"id\":\"it's\"}");
            assertThat(text(record.value()))
                    .isEqualTo(
                            "{\"reason\":\"ETL_FAILED\",\"message\":\"Table x: step 2 failed.\",\"database\":\"shop\","
                                    + "\"schema\":\"public\",\"table\":\"a \\\"table\\\"\",\"operation\":\"UPDATE\","
                                    + "\"key\":{\"part\":\"p\",\"id\":\"it's\"},\"position\":\"00000001000000aa-00000003\","
                                    + "\"commitLsn\":\"1/AA\",\"lsn\":\"1/11\",\"transactionId\":4294967294,"
                                    + "\"committedAt\":\"2023-11-14T22:13:20.123456Z\",\"line\":1,\"step\":2}");
            assertThat(record.headers().toArray())
                    .extracting(header -> header.key() + "=" + text(header.value()))
                    .containsExactly(
                            "leat.task=nightly", "leat.position=00000001000000aa-00000003", "leat.error=ETL_FAILED");
        }
    }

    @Test
    void keyThatDoesNotFitIsAFailureAndNothingIsSent() {
        var topic = topic(1, Map.of("max.message.bytes", "2000"));
        var change = new Change.Insert(TABLE, ORIGIN, row("k".repeat(2_000), "b", "p"));
        try (var sink = new KafkaSink(clients, KafkaSettings.DEFAULT, "nightly", Pace.PROMPT, List.of(topic))) {
            var delivery = sink.delivery();
            var letter = new DeadLetter(DeadLetters.keyOf(change), "RECORD_TOO_LARGE", "m", Map.of());
            assertThatThrownBy(() -> new DeadLetters(topic, "shop", TABLE.id()).send(change, letter, sink, delivery))
                    .isInstanceOf(SyncException.class);
            assertThat(delivery.sent()).isZero();
        }
    }

    @Test
    void tableWithoutAKeyHasLettersWithoutOne() {
        var table = new Table(1, TABLE.id(), TABLE.columns(), List.of(), false);
        assertThat(DeadLetters.keyOf(new Change.Insert(table, ORIGIN, row("a", "b", "c"))))
                .isNull();
    }

    /** Such a batch was split until its parts fitted, which at times took longer than a record may take. */
    @ParameterizedTest
    @EnumSource(names = {"NONE", "LZ4"})
    void topicWithASmallLimitIsNeverSentALargerBatch(Compression compression) throws Exception {
        var topic = topic(1, Map.of("max.message.bytes", "20000"));
        var random = new Random(3);
        var settings = new KafkaSettings(compression, null, null, null, null);
        var client = "letters-" + compression;
        var clients = new KafkaClients(KafkaEndpoint.plaintext(kafka.bootstrap()), client);
        try (var sink = new KafkaSink(clients, settings, "nightly", Pace.BULK, List.of(topic))) {
            var delivery = sink.delivery();
            var letters = new DeadLetters(topic, "shop", TABLE.id());
            for (int i = 0; i < 300; i++) {
                byte[] noise = new byte[3_000];
                random.nextBytes(noise);
                var change = new Change.Insert(TABLE, ORIGIN, row("k", "b", "p"));
                letters.send(change, new DeadLetter(noise, "R", "m", Map.of()), sink, delivery);
            }
            delivery.seal();
            sink.flush(delivery);
            assertThat(producerMetric(client, "batch-split-total")).isZero();
        }
        assertThat(kafka.readAll(topic.name())).hasSize(300);
    }

    private static double producerMetric(String client, String name) throws JMException {
        return (double) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("kafka.producer:type=producer-metrics,client-id=" + client), name);
    }

    private Topic topic(int partitions, Map<String, String> config) {
        var name = "letters-" + UUID.randomUUID();
        kafka.createTopic(name, partitions, config);
        return new Topics(clients)
                .prepare(List.of(new TopicSpec(name, null, null)))
                .get(name);
    }

    private static Row row(String... values) {
        var row = new Row();
        row.reset(String.join("", values).getBytes(StandardCharsets.UTF_8), false);
        int at = 0;
        for (String value : values) {
            row.add(at, value.length());
            at += value.length();
        }
        return row;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
