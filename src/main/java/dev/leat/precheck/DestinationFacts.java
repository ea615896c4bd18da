package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.kafka.BrokerTrial;
import dev.leat.kafka.Brokers;
import dev.leat.kafka.ClusterState;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.TopicSpec;
import dev.leat.kafka.TopicState;
import dev.leat.kafka.Topics;
import dev.leat.kafka.TransactionTrial;
import dev.leat.postgres.CatalogTable;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.shape.TableShapes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the destination says, each thing asked once however many checks want to know it. */
final class DestinationFacts {

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Brokers brokers;
    private final Shared<ClusterState> cluster;
    private final Shared<List<WantedTopic>> wanted;
    private final Shared<Map<String, TopicState>> states;
    private final Shared<Map<String, SyncException>> refusals;
    private final Shared<Set<String>> unwritable;

    DestinationFacts(PrecheckPlan plan, SourceFacts source, TableShapes shapes) {
        this.clients = new KafkaClients(plan.destination(), plan.applicationName() + "-precheck");
        this.brokers = new Brokers(clients);
        this.cluster = new Shared<>(brokers::cluster);
        this.wanted = new Shared<>(() -> wanted(plan.task(), shapes, source.tables()));
        this.states = new Shared<>(() ->
                connected().topics(wanted().stream().map(WantedTopic::name).toList()));
        this.refusals = new Shared<>(() -> new Topics(clients).refusals(missing()));
        this.unwritable = new Shared<>(
                () -> trial().unwritable(missing().stream().map(TopicSpec::name).toList()));
    }

    /**
     * The cluster; only the check of the connection calls this.
     *
     * @throws SyncException when it cannot be reached or refuses
     */
    ClusterState connect() {
        return cluster.get();
    }

    /** The brokers, which answer. */
    Brokers connected() {
        try {
            cluster.get();
            return brokers;
        } catch (SyncException e) {
            throw new PreconditionFailed(DestinationConnectionCheck.NAME);
        }
    }

    /** A trial of one broker, which answers. */
    BrokerTrial trial() {
        connected();
        return new BrokerTrial(clients, PROBE_LIMIT);
    }

    /** A trial of transactions at brokers that answer. */
    TransactionTrial transactionTrial(Duration patience) {
        connected();
        return new TransactionTrial(clients, patience);
    }

    /** The topics that the task writes to. */
    List<WantedTopic> wanted() {
        return wanted.get();
    }

    /** What the brokers say of a topic that the task writes to. */
    TopicState state(WantedTopic topic) {
        return states.get().getOrDefault(topic.name(), new TopicState.Missing());
    }

    /** Why the brokers would refuse to create a missing topic; empty when they would create it. */
    Optional<SyncException> refusal(WantedTopic topic) {
        return Optional.ofNullable(refusals.get().get(topic.name()));
    }

    /** Whether the user may not write to a missing topic once it is there; tried, since brokers do not tell of it. */
    boolean unwritable(WantedTopic topic) {
        return unwritable.get().contains(topic.name());
    }

    private List<TopicSpec> missing() {
        return wanted().stream()
                .filter(topic -> state(topic) instanceof TopicState.Missing)
                .map(WantedTopic::spec)
                .toList();
    }

    /** Tables whose topics have names that Kafka takes; of the others {@link SettingsFitCheck} tells. */
    private static List<CatalogTable> named(TableShapes shapes, List<CatalogTable> tables) {
        return tables.stream()
                .filter(table -> shapes.refusedTopic(table.table().id()).isEmpty())
                .toList();
    }

    private static List<WantedTopic> wanted(TaskSettings task, TableShapes shapes, List<CatalogTable> tables) {
        TaskDestination destination = task.destination();
        Map<String, WantedTopic> topics = new LinkedHashMap<>();
        for (CatalogTable described : named(shapes, tables)) {
            TableId id = described.table().id();
            Optional<ObjectRule> rule = task.objects().ruleFor(id);
            String pattern = rule.map(ObjectRule::topic).orElse(destination.topicOrDefault());
            TopicSpec spec = new TopicSpec(
                    shapes.topic(id),
                    rule.map(ObjectRule::partitions).orElse(destination.partitions()),
                    destination.replicationFactor(),
                    destination.topicConfig());
            topics.computeIfAbsent(
                            spec.name(), name -> new WantedTopic(spec, new ArrayList<>(), pattern.contains("{table}")))
                    .tables()
                    .add(id);
        }
        if (task.sendsDeadLetters()) {
            named(shapes, tables).stream()
                    .map(described -> shapes.deadLetterTopic(described.table().id()))
                    .map(name -> new TopicSpec(name, destination.partitions(), destination.replicationFactor()))
                    .forEach(spec -> topics.putIfAbsent(spec.name(), WantedTopic.deadLetters(spec)));
        }
        shapes.ddlTopic()
                .map(topic -> new TopicSpec(topic, 1, destination.replicationFactor()))
                .ifPresent(spec -> topics.putIfAbsent(spec.name(), new WantedTopic(spec, List.of(), false)));
        shapes.messageTopic()
                .map(topic -> new TopicSpec(topic, 1, destination.replicationFactor()))
                .ifPresent(spec -> topics.putIfAbsent(spec.name(), new WantedTopic(spec, List.of(), false)));
        return List.copyOf(topics.values());
    }
}
