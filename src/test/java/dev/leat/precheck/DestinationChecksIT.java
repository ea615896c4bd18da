package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Servers;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.TopicSpec;
import dev.leat.kafka.Topics;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.Conflicts;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.Phase;
import dev.leat.settings.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks of the destination on a real broker. */
class DestinationChecksIT {

    private static Workbench bench;

    private final KafkaServer kafka = Servers.kafka();
    private final String topic = "precheck-" + UUID.randomUUID();
    private final TaskDraft task = TaskDraft.everything().table("orders").topic(topic);

    @BeforeAll
    static void open() {
        bench = new Workbench(18)
                .asSuperuser()
                .into(KafkaEndpoint.plaintext(Servers.kafka().bootstrap()));
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE TABLE \"line items\" (id int PRIMARY KEY)",
                        "CREATE TABLE line_items (id int PRIMARY KEY)",
                        "CREATE TABLE \"line.items\" (id int PRIMARY KEY)");
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void connectionFindsAWrongPassword() {
        assertThat(bench.findings(new DestinationConnectionCheck(), task)).isEmpty();
        assertThat(run(new DestinationConnectionCheck(), alice("alice-secret"))).isEqualTo(new Outcome.Passed());

        assertThat(findings(new DestinationConnectionCheck(), alice("wrong")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.remedy()).contains("user or password");
                });
        assertThatThrownBy(() -> run(new TopicsExistCheck(), alice("wrong")))
                .isInstanceOf(PreconditionFailed.class)
                .hasMessageContaining("DESTINATION_CONNECTION");
    }

    @Test
    void missingTopicIsFineWhereItCanBeCreated() {
        assertThat(bench.findings(new TopicsExistCheck(), task)).isEmpty();
        assertThat(bench.findings(new TopicRightsCheck(), task)).isEmpty();
        assertThat(topics().names(topic)).isEmpty();
    }

    @Test
    void missingTopicThatNobodyCreatesIsMendedByItsRemedy() throws Exception {
        assertThat(bench.findings(new TopicsExistCheck(), task.phases(Phase.FULL)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("SCHEMA"));
        var plain = KafkaEndpoint.plaintext(kafka.bootstrap());
        var closed = new KafkaEndpoint(
                plain.bootstrapServers(), plain.security(), "", Secret.NONE, "", "", Secret.NONE, false);
        assertThat(findings(new TopicsExistCheck(), closed))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy())
                        .isEqualTo("kafka-topics.sh --bootstrap-server " + kafka.bootstrap() + " --create --topic '"
                                + topic + "' --config max.message.bytes=10485760"));

        KafkaCommands.run(findings(new TopicsExistCheck(), closed).getFirst().remedy(), kafka.bootstrap());

        assertThat(findings(new TopicsExistCheck(), closed)).isEmpty();
        assertThat(bench.findings(new RecordSizeCheck(), task)).isEmpty();
    }

    @Test
    void topicOfDdlIsLookedForUnderItsResolvedName() {
        String ddl = bench.database().name() + "." + topic + ".ddl";
        TaskDraft telling = task.ddlTopic("{database}." + topic + ".ddl").phases(Phase.FULL);
        kafka.createTopic(topic, 1);
        assertThat(bench.findings(new TopicsExistCheck(), telling))
                .singleElement()
                .satisfies(finding -> assertThat(finding.place()).isEqualTo("topic " + ddl));
        kafka.createTopic(ddl, 1);
        assertThat(bench.findings(new TopicsExistCheck(), telling)).isEmpty();
        assertThat(bench.findings(
                        new TopicsExistCheck(), task.ddlTopic("{topic}").phases(Phase.FULL)))
                .isEmpty();
    }

    @Test
    void topicOfMessagesIsLookedForUnderItsResolvedName() {
        String messages = bench.database().name() + "." + topic + ".messages";
        TaskDraft carrying =
                task.messageTopic("{database}." + topic + ".messages").phases(Phase.INCREMENTAL);
        kafka.createTopic(topic, 1);
        assertThat(bench.findings(new TopicsExistCheck(), carrying))
                .singleElement()
                .satisfies(finding -> assertThat(finding.place()).isEqualTo("topic " + messages));
        kafka.createTopic(messages, 1);
        assertThat(bench.findings(new TopicsExistCheck(), carrying)).isEmpty();
    }

    @Test
    void topicOfDeadLettersIsLookedForAndMayBeShared() throws Exception {
        String letters = topic + ".dead";
        assertThat(bench.findings(new TopicsExistCheck(), task.deadLetters(letters)))
                .isEmpty();
        assertThat(bench.findings(
                        new TopicsExistCheck(), task.deadLetters(letters).phases(Phase.FULL)))
                .extracting(Finding::place)
                .containsExactlyInAnyOrder("topic " + topic, "topic " + letters);
        assertThat(bench.findings(new TopicsExistCheck(), task.phases(Phase.FULL)))
                .extracting(Finding::place)
                .containsExactly("topic " + topic);

        kafka.createTopic(topic, 1);
        kafka.createTopic(letters, 1);
        send(letters);

        assertThat(bench.findings(new TargetEmptyCheck(), task.deadLetters(letters)))
                .isEmpty();
        assertThat(bench.findings(new TargetEmptyCheck(), task.topic(letters))).hasSize(1);
    }

    @Test
    void settingsThatTheBrokersRefuseAreFoundAndSoAreRowsWithoutAKeyWhereATopicIsCompacted() {
        assertThat(bench.findings(new TopicsExistCheck(), task.topicConfig(Map.of("cleanup.policy", "burn"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("topicConfig"));
        assertThat(bench.findings(new TopicsExistCheck(), task.topicConfig(Map.of("cleanup.policy", "compact"))))
                .isEmpty();
        bench.database().execute("CREATE TABLE keyless (v int)");
        assertThat(bench.findings(
                        new TopicsExistCheck(), task.table("keyless").topicConfig(Map.of("cleanup.policy", "compact"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.place()).isEqualTo("public.keyless"));
    }

    @Test
    void moreReplicasThanBrokersAreFound() {
        assertThat(bench.findings(new TopicsExistCheck(), task.destination(topic, 1, 3)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).endsWith("to at most 1."));
    }

    @Test
    void nameThatCollidesWithATopicIsRefused() {
        kafka.createTopic(topic + "_a", 1);
        var dotted = task.topic(topic + ".a");
        assertThatThrownBy(() -> topics().prepare(List.of(new TopicSpec(topic + ".a", 1, null))))
                .hasMessageContaining("collides");

        assertThat(bench.findings(new TopicsExistCheck(), dotted))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message()).contains("collides");
                });
    }

    @Test
    void tablesThatMeetInOneTopicAreFound() {
        var all = TaskDraft.everything().topic(topic + ".{table}");

        var found = bench.findings(new TopicsExistCheck(), all);

        assertThat(found).hasSize(2).extracting(Finding::severity).containsOnly(Severity.ALERT);
        assertThat(found.getFirst().message()).contains("public.line items", "public.line_items");
        assertThat(found.getLast().message()).contains(topic + ".line_items", topic + ".line.items");
        assertThat(bench.findings(new TopicsExistCheck(), all.topic(topic))).isEmpty();
        var both =
                List.of(new TopicSpec(topic + ".line_items", 1, null), new TopicSpec(topic + ".line.items", 1, null));
        assertThatCode(() -> topics().prepare(both)).doesNotThrowAnyException();
    }

    @Test
    void lackingRightsAreFoundAndGranted() throws Exception {
        kafka.createTopic(topic, 1);
        assertThat(findings(new TopicRightsCheck(), alice("alice-secret"))).isEmpty();

        allow("User:bob", AclOperation.WRITE);
        assertThat(findings(new TopicRightsCheck(), alice("alice-secret")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).contains("lacks WRITE, DESCRIBE, DESCRIBE_CONFIGS on");
                    assertThat(finding.remedy())
                            .contains("--operation Write --operation Describe --operation DescribeConfigs");
                });

        allow("User:alice", AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
        var found = findings(new TopicRightsCheck(), alice("alice-secret"));
        assertThat(found)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("lacks WRITE on"));

        KafkaCommands.run(found.getFirst().remedy(), kafka.bootstrap());
        assertThat(findings(new TopicRightsCheck(), alice("alice-secret"))).isEmpty();
    }

    @Test
    void limitsThatMayNotBeReadAreLeftToTheRights() throws Exception {
        bench.database()
                .execute(
                        "CREATE TABLE wide (id int PRIMARY KEY, body text)",
                        "ALTER TABLE wide ALTER body SET STORAGE EXTERNAL",
                        "INSERT INTO wide VALUES (1, repeat('x', 50000))");
        try {
            kafka.createTopic(topic, 1);
            allow("User:bob", AclOperation.WRITE);
            allow("User:alice", AclOperation.DESCRIBE, AclOperation.WRITE);
            var plan = bench.plan(task.table("wide"));
            var asAlice = new PrecheckPlan("leat-test", plan.task(), plan.source(), alice("alice-secret"), false);

            assertThatThrownBy(() -> new RecordSizeCheck().run(new PrecheckContext(asAlice)))
                    .isInstanceOf(PreconditionFailed.class)
                    .hasMessageContaining("TOPIC_RIGHTS");
            assertThat(bench.findings(new RecordSizeCheck(), task.table("wide")))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("up to 1.0 MB only"));
        } finally {
            bench.database().execute("DROP TABLE wide");
        }
    }

    @Test
    void roomThatMayNotBeReadIsSaidToBeUnknown() throws Exception {
        var cluster = new AclBinding(
                new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL),
                new AccessControlEntry("User:bob", "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW));
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createAcls(List.of(cluster)).all().get();
            try {
                await().untilAsserted(() -> assertThat(run(new DestinationStorageCheck(), alice("alice-secret")))
                        .isInstanceOfSatisfying(
                                Outcome.Passed.class,
                                passed -> assertThat(passed.note()).contains("do not tell")));
            } finally {
                admin.deleteAcls(List.of(cluster.toFilter())).all().get();
            }
        }
    }

    @Test
    void recordsOfOthersAreFound() throws Exception {
        kafka.createTopic(topic, 2);
        assertThat(bench.findings(new TargetEmptyCheck(), task)).isEmpty();

        send(topic);

        var found = bench.findings(new TargetEmptyCheck(), task);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("holds 1 records");
            assertThat(finding.remedy()).contains("IGNORE", "--delete --topic '" + topic + "'");
        });
        assertThat(bench.findings(new TargetEmptyCheck(), task.conflicts(Conflicts.IGNORE)))
                .isEmpty();
        assertThat(ofTaskThatRan(Set.of(topic))).isEqualTo(new Outcome.Passed());
        assertThat(ofTaskThatRan(Set.of("of-another-table")))
                .as("the topic of a table that joins a running task")
                .isInstanceOf(Outcome.Found.class);

        String remedy = found.getFirst().remedy();
        KafkaCommands.run(remedy.substring(remedy.indexOf("kafka-topics.sh")), kafka.bootstrap());

        await().untilAsserted(() ->
                assertThat(bench.findings(new TargetEmptyCheck(), task)).isEmpty());
    }

    private Outcome ofTaskThatRan(Set<String> ownTopics) {
        var plan = bench.plan(task);
        return new TargetEmptyCheck()
                .run(new PrecheckContext(new PrecheckPlan(
                        "leat-test", plan.task(), plan.source(), plan.destination(), true, ownTopics, "shop")));
    }

    @Test
    void otherPartitionCountIsMendedByItsRemedy() throws Exception {
        kafka.createTopic(topic, 2);

        assertThat(bench.findings(new PartitionCountCheck(), task)).isEmpty();
        assertThat(bench.findings(new PartitionCountCheck(), task.destination(topic, 2, null)))
                .isEmpty();
        var found = bench.findings(new PartitionCountCheck(), task.destination(topic, 6, null));
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ALERT);
            assertThat(finding.remedy()).contains("--alter --topic '" + topic + "' --partitions 6");
        });
        assertThat(bench.findings(new PartitionCountCheck(), task.destination(topic, 1, null)))
                .extracting(Finding::remedy)
                .containsExactly("Ask for 2 partitions in the task.");

        KafkaCommands.run(found.getFirst().remedy(), kafka.bootstrap());

        await().untilAsserted(
                        () -> assertThat(bench.findings(new PartitionCountCheck(), task.destination(topic, 6, null)))
                                .isEmpty());
    }

    private Outcome run(Check check, KafkaEndpoint endpoint) {
        var plan = bench.plan(task);
        return check.run(
                new PrecheckContext(new PrecheckPlan("leat-test", plan.task(), plan.source(), endpoint, false)));
    }

    private List<Finding> findings(Check check, KafkaEndpoint endpoint) {
        return run(check, endpoint) instanceof Outcome.Found found ? found.findings() : List.of();
    }

    private KafkaEndpoint alice(String password) {
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

    private Topics topics() {
        return new Topics(new KafkaClients(KafkaEndpoint.plaintext(kafka.bootstrap()), "test"));
    }

    private void allow(String principal, AclOperation... operations) throws Exception {
        var pattern = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        var acls = Arrays.stream(operations)
                .map(operation -> new AclBinding(
                        pattern, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
                .toList();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createAcls(acls).all().get();
        }
    }

    private void send(String to) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrap());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(to, "7", "42")).get();
        }
    }
}
