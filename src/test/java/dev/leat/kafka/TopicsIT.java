package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Servers;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Topics are found, made and described, or the refusal says why. */
class TopicsIT {

    private final KafkaServer kafka = Servers.kafka();
    private final String prefix = "topics-" + UUID.randomUUID() + "-";
    private final Topics topics = new Topics(clients(KafkaEndpoint.plaintext(kafka.bootstrap())));

    @Test
    void missingTopicsAreMadeAndPresentOnesKept() {
        kafka.createTopic(prefix + "old", 3, Map.of("max.message.bytes", "5000"));

        var prepared = topics.prepare(List.of(
                new TopicSpec(prefix + "old", 7, 1),
                new TopicSpec(prefix + "new", 4, 1),
                new TopicSpec(prefix + "new", 4, 1),
                new TopicSpec(prefix + "plain", null, null)));

        assertThat(prepared)
                .containsOnly(
                        Map.entry(prefix + "old", new Topic(prefix + "old", 3, 5_000)),
                        Map.entry(prefix + "new", new Topic(prefix + "new", 4, KafkaClients.MAX_RECORD_BYTES)),
                        Map.entry(prefix + "plain", new Topic(prefix + "plain", 1, KafkaClients.MAX_RECORD_BYTES)));
        assertThat(topics.missing(List.of(prefix + "old", prefix + "new", prefix + "gone")))
                .containsExactly(prefix + "gone");
        assertThat(topics.names(prefix)).containsExactly(prefix + "new", prefix + "old", prefix + "plain");
    }

    @Test
    void aNewTopicHasTheSettingsThatTheTaskWants() throws Exception {
        TopicSpec compacted = new TopicSpec(
                prefix + "compacted", 1, 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "2000000"));
        assertThat(topics.prepare(List.of(compacted)).get(compacted.name()).maxRecordBytes())
                .isEqualTo(2_000_000);
        assertThat(config(compacted.name())).containsEntry("cleanup.policy", "compact");

        TopicSpec unknown = new TopicSpec(prefix + "unknown", 1, 1, Map.of("cleanup.policy", "burn"));
        assertThat(topics.refusals(List.of(unknown))).containsOnlyKeys(unknown.name());
    }

    private Map<String, String> config(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()))) {
            return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        }
    }

    @Test
    void limitOfATopicIsNeverAboveOurOwn() {
        kafka.createTopic(prefix + "wide", 1, Map.of("max.message.bytes", "99999999"));

        assertThat(topics.prepare(List.of(new TopicSpec(prefix + "wide", null, null))))
                .containsEntry(prefix + "wide", new Topic(prefix + "wide", 1, KafkaClients.MAX_RECORD_BYTES));
    }

    @Test
    void missingTopicThatMayNotBeMadeIsNamed() {
        var endpoint = KafkaEndpoint.plaintext(kafka.bootstrap());
        var locked = new KafkaEndpoint(
                endpoint.bootstrapServers(), endpoint.security(), "", Secret.NONE, "", "", Secret.NONE, false);

        assertFails(
                () -> new Topics(clients(locked)).prepare(List.of(new TopicSpec(prefix + "no", 1, 1))),
                FailureKind.DESTINATION_TOPIC_MISSING,
                prefix + "no");
        assertThat(topics.names(prefix)).isEmpty();
    }

    @Test
    void moreReplicasThanBrokersAreRefusedByName() {
        assertFails(
                () -> topics.prepare(List.of(new TopicSpec(prefix + "three", 1, 3))),
                FailureKind.DESTINATION_OTHER,
                prefix + "three");
    }

    @Test
    void nameThatKafkaRefusesIsASetting() {
        assertFails(() -> topics.prepare(List.of(new TopicSpec("no topic", 1, 1))), FailureKind.SETTINGS, "no topic");
    }

    @Test
    void asksInAsManyRequestsAsTheControllerNeeds() {
        var wanted = List.of(new TopicSpec(prefix + "a", 6_000, null), new TopicSpec(prefix + "b", 6_000, null));

        assertThat(topics.refusals(wanted)).isEmpty();
        assertThat(topics.refusals(List.of(new TopicSpec(prefix + "c", 12_000, null))))
                .containsOnlyKeys(prefix + "c");
    }

    @Test
    void hundredsOfTopicsAreMadeAtOnce() {
        var specs = IntStream.range(0, 200)
                .mapToObj(i -> new TopicSpec(prefix + i, 1, 1))
                .toList();

        assertThat(topics.prepare(specs)).hasSize(200);
    }

    @Test
    void recordsAreCountedOverAllPartitions() throws Exception {
        kafka.createTopic(prefix + "counted", 2);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < 5; i++) {
                producer.send(new ProducerRecord<>(prefix + "counted", i % 2, null, new byte[1]))
                        .get();
            }
        }

        assertThat(topics.recordCount(List.of(prefix + "counted", prefix + "gone")))
                .isEqualTo(5);
        assertThat(topics.recordCount(List.of())).isZero();
    }

    @Test
    void wrongPasswordIsAnAuthenticationFailure() {
        var right = sasl(KafkaServer.PASSWORD);
        assertThat(new Topics(clients(right)).names(prefix)).isEmpty();

        assertFails(
                () -> new Topics(clients(sasl("wr\"ong"))).names(""),
                FailureKind.DESTINATION_AUTHENTICATION,
                kafka.saslBootstrap());
    }

    @Test
    void closedPortIsAnUnreachableDestination() {
        var clients = new KafkaClients(
                KafkaEndpoint.plaintext("127.0.0.1:1"), "leat-test", Duration.ofMillis(500), Duration.ofSeconds(1));

        assertFails(() -> new Topics(clients).names(""), FailureKind.DESTINATION_UNREACHABLE, "127.0.0.1:1");
    }

    /** Kafka's client says after twenty seconds that it timed out waiting for a node. */
    @Test
    void aRunNamesTheRefusalInPlaceOfATimeOut() {
        var topics = new Topics(clients(KafkaEndpoint.plaintext("127.0.0.1:1, localhost:1")));

        assertFails(
                () -> topics.prepare(List.of()),
                FailureKind.DESTINATION_UNREACHABLE,
                "127.0.0.1:1, localhost:1: no boot");
        assertThatThrownBy(() -> topics.prepare(List.of())).hasMessageContaining("refused");
    }

    @Test
    void unknownHostIsAnUnreachableDestination() {
        var clients = clients(KafkaEndpoint.plaintext("no-such-host.invalid:9092"));

        assertFails(() -> new Topics(clients).names(""), FailureKind.DESTINATION_UNREACHABLE, "no-such-host.invalid");
        assertFails(
                () -> new KafkaSink(clients, dev.leat.settings.KafkaSettings.DEFAULT, "task", Pace.PROMPT, List.of()),
                FailureKind.DESTINATION_UNREACHABLE,
                "no-such-host.invalid");
    }

    private KafkaEndpoint sasl(String password) {
        return new KafkaEndpoint(
                kafka.saslBootstrap(),
                KafkaSecurity.SASL_SCRAM_SHA_256,
                KafkaServer.USER,
                new Secret(password),
                "",
                "",
                Secret.NONE,
                true);
    }

    private static KafkaClients clients(KafkaEndpoint endpoint) {
        return new KafkaClients(endpoint, "leat-test");
    }

    private static void assertFails(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FailureKind kind, String object) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.kind())
                                .as(failure.getMessage())
                                .isEqualTo(kind))
                .hasMessageContaining(object)
                .message()
                .doesNotContain("wr\"ong");
    }
}
