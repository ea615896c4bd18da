package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The destination's topics: looked up, created, described, each in one request for all. */
public final class Topics {

    /** A controller writes at most 10,000 entries for one request (Kafka's {@code QuorumController}); this is below. */
    private static final int MAX_METADATA_ENTRIES = 8_000;

    /** Partitions of a topic that leaves their number to the brokers: a bound, not a guess of the default. */
    private static final int ASSUMED_PARTITIONS = 16;

    /** Ten seconds for a new topic to be known. */
    private static final int MAX_ATTEMPTS = 100;

    private final KafkaClients clients;

    /** Topics of the clients' endpoint. */
    public Topics(KafkaClients clients) {
        this.clients = clients;
    }

    /** Names of topics that contain a text, without Kafka's internal ones, in order. */
    public List<String> names(String text) {
        try (Admin admin = clients.admin()) {
            return admin.listTopics().names().get().stream()
                    .filter(name -> name.contains(text))
                    .sorted()
                    .toList();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Those of the wanted topics that do not exist, in order. */
    public Set<String> missing(Collection<String> wanted) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(Set.copyOf(names("")));
        return missing;
    }

    /**
     * Creates the topics that are missing, if the endpoint allows it, and describes all.
     *
     * @throws SyncException of kind {@code DESTINATION_TOPIC_MISSING} when one is missing and may not be created
     */
    public Map<String, Topic> prepare(Collection<TopicSpec> wanted) {
        Map<String, TopicSpec> specs =
                wanted.stream().collect(Collectors.toMap(TopicSpec::name, spec -> spec, (first, second) -> first));
        new BootstrapServers(clients.endpoint()).reach();
        try (Admin admin = clients.admin()) {
            Set<String> existing = admin.listTopics().names().get();
            List<TopicSpec> missing = specs.values().stream()
                    .filter(spec -> !existing.contains(spec.name()))
                    .toList();
            create(admin, missing);
            return describePatiently(admin, specs.keySet());
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What the brokers would refuse of the creation of topics that do not exist, by name; nothing is created. */
    public Map<String, SyncException> refusals(Collection<TopicSpec> missing) {
        try (Admin admin = clients.admin()) {
            return refusals(admin, missing);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Who is interrupted does not wait for what he asked: the client would, until its own time-out. */
    private static Map<String, SyncException> refusals(Admin admin, Collection<TopicSpec> missing)
            throws InterruptedException {
        Map<String, SyncException> refusals = new HashMap<>();
        CreateTopicsOptions dry = new CreateTopicsOptions().validateOnly(true);
        try {
            for (List<NewTopic> batch : batches(missing)) {
                for (var creation : admin.createTopics(batch, dry).values().entrySet()) {
                    refusal(creation.getKey(), creation.getValue())
                            .ifPresent(refused -> refusals.put(creation.getKey(), refused));
                }
            }
            return refusals;
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /** How many records the topics hold together; missing ones count nothing. */
    public long recordCount(Collection<String> names) {
        return endOffsets(names, OffsetSpec.latest()) - endOffsets(names, OffsetSpec.earliest());
    }

    private long endOffsets(Collection<String> names, OffsetSpec which) {
        try (Admin admin = clients.admin()) {
            Set<String> existing = new TreeSet<>(names);
            existing.retainAll(admin.listTopics().names().get());
            Map<TopicPartition, OffsetSpec> query = new HashMap<>();
            admin.describeTopics(existing)
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(topic -> topic.partitions()
                            .forEach(p -> query.put(new TopicPartition(topic.name(), p.partition()), which)));
            return admin.listOffsets(query).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void create(Admin admin, List<TopicSpec> missing) throws InterruptedException, ExecutionException {
        if (missing.isEmpty()) {
            return;
        }
        String names = missing.stream().map(TopicSpec::name).limit(10).collect(Collectors.joining(", "));
        if (!clients.endpoint().createTopics()) {
            throw new SyncException(
                    FailureKind.DESTINATION_TOPIC_MISSING,
                    "Topic " + names + ": does not exist, and the connection may not create topics.");
        }
        for (List<NewTopic> batch : batches(missing)) {
            for (var creation : admin.createTopics(batch).values().entrySet()) {
                refusal(creation.getKey(), creation.getValue()).ifPresent(refused -> {
                    throw refused;
                });
            }
        }
    }

    /** Requests that a controller takes, which refuses one that would write too much metadata at once. */
    private static List<List<NewTopic>> batches(Collection<TopicSpec> specs) {
        List<List<NewTopic>> batches = new ArrayList<>();
        int room = 0;
        for (TopicSpec spec : specs) {
            int partitions = spec.partitions() == null ? ASSUMED_PARTITIONS : spec.partitions();
            int entries = partitions + 2;
            if (batches.isEmpty() || entries > room) {
                batches.add(new ArrayList<>());
                room = MAX_METADATA_ENTRIES;
            }
            room -= entries;
            batches.getLast().add(newTopic(spec));
        }
        return batches;
    }

    private static NewTopic newTopic(TopicSpec spec) {
        return new NewTopic(
                        spec.name(),
                        Optional.ofNullable(spec.partitions()),
                        Optional.ofNullable(spec.replicationFactor()).map(Integer::shortValue))
                .configs(config(spec));
    }

    private static Map<String, String> config(TopicSpec spec) {
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaClients.MAX_RECORD_BYTES));
        config.putAll(spec.config());
        return config;
    }

    /** Why a topic was not created; empty when it was, or when somebody else did so first. */
    private static Optional<SyncException> refusal(String topic, KafkaFuture<Void> creation)
            throws InterruptedException {
        try {
            creation.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return e.getCause() instanceof TopicExistsException
                    ? Optional.empty()
                    : Optional.of(KafkaFailures.of("Topic " + topic, e));
        }
    }

    /** A topic that was just created is not known to every broker at once. */
    private static Map<String, Topic> describePatiently(Admin admin, Set<String> names)
            throws InterruptedException, ExecutionException {
        for (int attempt = 1; ; attempt++) {
            try {
                return describe(admin, names);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static Map<String, Topic> describe(Admin admin, Set<String> names)
            throws InterruptedException, ExecutionException {
        Map<ConfigResource, Config> configs = admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all()
                .get();
        Map<String, Topic> topics = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(names).allTopicNames().get().values()) {
            topics.put(
                    topic.name(),
                    new Topic(topic.name(), topic.partitions().size(), maxRecordBytes(configs, topic.name())));
        }
        return topics;
    }

    private static int maxRecordBytes(Map<ConfigResource, Config> configs, String topic) {
        Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic));
        ConfigEntry limit = config == null ? null : config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        return limit == null
                ? KafkaClients.MAX_RECORD_BYTES
                : Math.min(Integer.parseInt(limit.value()), KafkaClients.MAX_RECORD_BYTES);
    }

    private SyncException failure(ExecutionException e) {
        return KafkaFailures.of("Kafka " + clients.endpoint().bootstrapServers(), e);
    }

    private SyncException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SyncException(
                FailureKind.UNKNOWN, "Kafka " + clients.endpoint().bootstrapServers() + ": interrupted.", e);
    }
}
