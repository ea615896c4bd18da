package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.EmbeddedKafkaServer;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Servers;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.Acks;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks of what the brokers are, and of what they let a producer do. */
@Timeout(60)
class BrokerChecksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KafkaServer kafka = Servers.kafka();
    private final String topic = "brokers-" + UUID.randomUUID();
    private final TaskDraft task = TaskDraft.everything().table("orders").topic(topic);
    private final Check transactions = new TransactionRightsCheck(PATIENCE);
    private Workbench bench;
    private Admin admin;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(18).asSuperuser().into(KafkaEndpoint.plaintext(kafka.bootstrap()));
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)");
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
        // who was let write to a topic of another test may write without duplicates to any
        dropAcls();
    }

    @AfterEach
    void close() {
        admin.close();
        bench.close();
    }

    @Test
    void brokersThatAreTooOldAreFound() throws Exception {
        assertThat(bench.findings(new KafkaVersionCheck(), task)).isEmpty();
        try (var old = new OlderBroker(kafka.bootstrap(), 7);
                var older = new OlderBroker(kafka.bootstrap(), 8)) {
            assertThat(bench.into(KafkaEndpoint.plaintext(old.bootstrap())).findings(new KafkaVersionCheck(), task))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                        assertThat(finding.message())
                                .isEqualTo("The broker is a Kafka older than 2.3 by what it understands (METADATA up to"
                                        + " version 7); Kafka 2.4 or later is needed.");
                    });
            assertThat(bench.into(KafkaEndpoint.plaintext(older.bootstrap())).findings(new KafkaVersionCheck(), task))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).startsWith("The broker is a Kafka 2.3 by"));
        }
        try (var still = new OlderBroker(kafka.bootstrap(), 9)) {
            assertThat(bench.into(KafkaEndpoint.plaintext(still.bootstrap())).findings(new KafkaVersionCheck(), task))
                    .isEmpty();
        }
    }

    @Test
    void rightToWriteWithoutDuplicatesIsGrantedByItsRemedy() throws Exception {
        assertThat(bench.findings(new ProducerRightsCheck(), task)).isEmpty();
        bench.into(alice());
        var nowhere = task.table("none");
        try {
            onlyBob(ResourceType.TOPIC, "*", AclOperation.WRITE);
            onlyBob(ResourceType.CLUSTER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE);
            assertThat(bench.findings(new ProducerRightsCheck(), nowhere.acks(Acks.LEADER)))
                    .isEmpty();
            await().untilAsserted(() -> assertThat(bench.findings(new ProducerRightsCheck(), nowhere))
                    .isNotEmpty());
            var found = bench.findings(new ProducerRightsCheck(), nowhere);
            assertThat(found).extracting(Finding::severity).containsExactly(Severity.ERROR);
            assertThat(found.getFirst().remedy()).endsWith("--operation IdempotentWrite --cluster");

            KafkaCommands.run(found.getFirst().remedy(), kafka.bootstrap());

            await().untilAsserted(() -> assertThat(bench.findings(new ProducerRightsCheck(), nowhere))
                    .isEmpty());
        } finally {
            dropAcls();
        }
    }

    @Test
    void rightToWriteWithoutDuplicatesIsLeftToTheTopicsThatCannotBeWrittenTo() throws Exception {
        kafka.createTopic(topic, 1);
        bench.into(alice());
        try {
            onlyBob(ResourceType.TOPIC, "*", AclOperation.WRITE);
            onlyBob(ResourceType.CLUSTER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE);
            await().untilAsserted(() -> assertThatThrownBy(() -> bench.run(new ProducerRightsCheck(), task))
                    .isInstanceOf(PreconditionFailed.class)
                    .hasMessageContaining("TOPIC_RIGHTS"));

            for (var finding : bench.findings(new TopicRightsCheck(), task)) {
                KafkaCommands.run(finding.remedy(), kafka.bootstrap());
            }

            await().untilAsserted(() ->
                    assertThat(bench.findings(new TopicRightsCheck(), task)).isEmpty());
            assertThat(bench.findings(new ProducerRightsCheck(), task)).isEmpty();
        } finally {
            dropAcls();
        }
    }

    /** A topic that does not exist has no rights that the brokers would tell; they are tried. */
    @Test
    void rightToWriteToATopicThatIsToBeCreatedIsGrantedByItsRemedy() throws Exception {
        bench.into(alice());
        try {
            assertThat(bench.findings(new TopicRightsCheck(), task)).isEmpty();
            onlyBob(ResourceType.TOPIC, "*", AclOperation.WRITE);
            allow("User:alice", ResourceType.TOPIC, topic, AclOperation.DESCRIBE);
            allow("User:bob", ResourceType.CLUSTER, "kafka-cluster", AclOperation.CREATE);
            await().untilAsserted(() -> assertThat(bench.findings(new TopicRightsCheck(), task))
                    .extracting(Finding::message)
                    .containsExactly("The user alice lacks WRITE, CREATE on the topic."));
            assertThat(admin.listTopics().names().get()).doesNotContain(topic);

            KafkaCommands.run(
                    bench.findings(new TopicRightsCheck(), task).getFirst().remedy(), kafka.bootstrap());

            await().untilAsserted(() ->
                    assertThat(bench.findings(new TopicRightsCheck(), task)).isEmpty());
        } finally {
            dropAcls();
        }
    }

    @Test
    void rightToTransactionsIsGrantedByItsRemedyAndNothingIsLeft() throws Exception {
        kafka.createTopic(topic, 1);
        assertThat(bench.findings(transactions, task.exactlyOnce())).isEmpty();
        bench.into(alice());
        assertThat(bench.findings(transactions, task.exactlyOnce())).isEmpty();
        try {
            onlyBob(ResourceType.TRANSACTIONAL_ID, "*", AclOperation.WRITE);
            assertThat(bench.findings(transactions, task)).isEmpty();
            await().untilAsserted(() ->
                    assertThat(bench.findings(transactions, task.exactlyOnce())).isNotEmpty());
            var found = bench.findings(transactions, task.exactlyOnce());
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                assertThat(finding.place()).isEqualTo("transactional id leat-test-*");
                assertThat(finding.remedy())
                        .contains("--operation Write --operation Describe --transactional-id 'leat-test-'");
            });

            KafkaCommands.run(found.getFirst().remedy(), kafka.bootstrap());

            await().untilAsserted(() ->
                    assertThat(bench.findings(transactions, task.exactlyOnce())).isEmpty());
            assertThat(kafka.endOffsets(topic).values()).containsOnly(0L);
        } finally {
            dropAcls();
        }
    }

    @Test
    void transactionsOfARunAreNotDisturbed() throws Exception {
        kafka.createTopic(topic, 1);
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrap(), "transactional.id", "leat-test-0");
        try (var run = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            run.initTransactions();
            run.beginTransaction();
            run.send(new ProducerRecord<>(topic, new byte[1]));

            assertThat(bench.withCheckpoint().run(transactions, task.exactlyOnce()))
                    .isEqualTo(new Outcome.Passed());

            run.commitTransaction();
        }
        await().untilAsserted(() -> assertThat(kafka.readCommitted(topic)).hasSize(1));
    }

    @Test
    void settingsOfABrokerThatStandInTheWayAreMendedByTheirRemedies() {
        assertThat(bench.findings(new RequestSizeCheck(), task)).isEmpty();
        var wrong = EmbeddedKafkaServer.with(
                Map.of("transaction.state.log.replication.factor", "3", "socket.request.max.bytes", "1048576"));
        EmbeddedKafkaServer right = wrong;
        try {
            bench.into(KafkaEndpoint.plaintext(wrong.bootstrap()));
            assertThat(bench.findings(new RequestSizeCheck(), task))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.ALERT);
                        assertThat(finding.place()).isEqualTo("broker 1");
                        assertThat(finding.message()).contains("above 1.0 MB");
                        assertThat(finding.remedy()).contains("socket.request.max.bytes=11599872");
                    });
            assertThat(bench.findings(transactions, task.exactlyOnce()))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message()).contains("nowhere to keep transactions", "1 brokers are up");
                        assertThat(finding.remedy())
                                .contains("transaction.state.log.replication.factor", "at most 1 in");
                    });

            right = wrong.restartedWith(Map.of("socket.request.max.bytes", "11599872"));

            assertThat(bench.findings(new RequestSizeCheck(), task)).isEmpty();
            await().untilAsserted(() ->
                    assertThat(bench.findings(transactions, task.exactlyOnce())).isEmpty());
        } finally {
            right.close();
        }
    }

    @Test
    void settingsOfTheBrokersThatMayNotBeReadAreSaidToBeUnknown() throws Exception {
        bench.into(alice());
        try {
            onlyBob(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE_CONFIGS);
            await().untilAsserted(() -> assertThat(bench.run(new RequestSizeCheck(), task))
                    .isInstanceOfSatisfying(
                            Outcome.Passed.class,
                            passed -> assertThat(passed.note()).contains("do not tell")));
        } finally {
            dropAcls();
        }
    }

    private KafkaEndpoint alice() {
        return new KafkaEndpoint(
                kafka.saslBootstrap(),
                KafkaSecurity.SASL_SCRAM_SHA_256,
                KafkaServer.USER,
                new Secret(KafkaServer.PASSWORD),
                "",
                "",
                Secret.NONE,
                true);
    }

    /** Once somebody has a right, those who do not may no longer do it. */
    private void onlyBob(ResourceType type, String name, AclOperation operation) throws Exception {
        allow("User:bob", type, name, operation);
    }

    private void allow(String user, ResourceType type, String name, AclOperation operation) throws Exception {
        var allowed = new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW);
        admin.createAcls(List.of(new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL), allowed)))
                .all()
                .get();
    }

    private void dropAcls() throws Exception {
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }
}
