package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Questions to the destination's brokers that change nothing there. */
public final class Brokers {

    private static final String REQUEST_LIMIT = "socket.request.max.bytes";

    private final KafkaClients clients;

    /** The brokers of the clients' endpoint. */
    public Brokers(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * The cluster, once it can be reached and the user is signed in.
     *
     * @throws SyncException when that fails
     */
    public ClusterState cluster() {
        return ask(admin -> {
            DescribeClusterResult cluster = admin.describeCluster();
            return new ClusterState(
                    cluster.clusterId().get(), cluster.nodes().get().size());
        });
    }

    /** What there is to say of each of the topics, by name. */
    public Map<String, TopicState> topics(Collection<String> names) {
        return ask(admin -> {
            Map<String, TopicState> states = new HashMap<>();
            DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
            for (var topic :
                    admin.describeTopics(names, withRights).topicNameValues().entrySet()) {
                states.put(topic.getKey(), state(topic.getValue()));
            }
            return states;
        });
    }

    /**
     * How many records each of the topics holds, by name.
     *
     * @param partitionsByTopic how many partitions each topic has
     */
    public Map<String, Long> recordCounts(Map<String, Integer> partitionsByTopic) {
        return ask(admin -> {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
            partitionsByTopic.forEach((topic, partitions) -> {
                for (int i = 0; i < partitions; i++) {
                    ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
                    starts.put(new TopicPartition(topic, i), OffsetSpec.earliest());
                }
            });
            Map<String, Long> counts = new HashMap<>();
            admin.listOffsets(ends).all().get().forEach((p, end) -> counts.merge(p.topic(), end.offset(), Long::sum));
            admin.listOffsets(starts)
                    .all()
                    .get()
                    .forEach((p, start) -> counts.merge(p.topic(), -start.offset(), Long::sum));
            return counts;
        });
    }

    /** The largest record, in bytes, that each of the topics takes, by name; they exist. */
    public Map<String, Integer> recordLimits(Collection<String> names) {
        return ask(admin -> {
            Map<String, Integer> limits = new HashMap<>();
            var topics = names.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            admin.describeConfigs(topics).all().get().forEach((topic, config) -> {
                ConfigEntry limit = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
                if (limit != null) {
                    limits.put(topic.name(), Integer.parseInt(limit.value()));
                }
            });
            return limits;
        });
    }

    /** How many bytes the disks of all brokers have left; empty when they do not tell, or not to everybody. */
    public OptionalLong freeBytes() {
        try {
            return ask(admin -> {
                List<Integer> ids = admin.describeCluster().nodes().get().stream()
                        .map(Node::id)
                        .toList();
                List<OptionalLong> free = admin.describeLogDirs(ids).allDescriptions().get().values().stream()
                        .flatMap(directories -> directories.values().stream())
                        .map(LogDirDescription::usableBytes)
                        .toList();
                return free.isEmpty() || free.stream().anyMatch(OptionalLong::isEmpty)
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                free.stream().mapToLong(OptionalLong::getAsLong).sum());
            });
        } catch (SyncException e) {
            if (e.kind() == FailureKind.DESTINATION_PRIVILEGE) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** The largest request, in bytes, that each of the brokers takes, by its id; empty when they do not tell everybody. */
    public Map<Integer, Integer> requestLimits() {
        try {
            return ask(admin -> {
                var brokers = admin.describeCluster().nodes().get().stream()
                        .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                        .toList();
                Map<Integer, Integer> limits = new HashMap<>();
                admin.describeConfigs(brokers).all().get().forEach((broker, config) -> {
                    ConfigEntry limit = config.get(REQUEST_LIMIT);
                    if (limit != null) {
                        limits.put(Integer.valueOf(broker.name()), Integer.valueOf(limit.value()));
                    }
                });
                return limits;
            });
        } catch (SyncException e) {
            if (e.kind() == FailureKind.DESTINATION_PRIVILEGE) {
                return Map.of();
            }
            throw e;
        }
    }

    /** Where the brokers keep their transactions; empty when that does not exist yet, or the user may not see it. */
    public Optional<TransactionLog> transactionLog() {
        return ask(admin -> {
            try {
                TopicDescription topic =
                        only(admin.describeTopics(List.of(TransactionLog.TOPIC)).allTopicNames());
                ConfigEntry needed = only(admin.describeConfigs(
                                        List.of(new ConfigResource(ConfigResource.Type.TOPIC, TransactionLog.TOPIC)))
                                .all())
                        .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
                int least = needed == null ? 1 : Integer.parseInt(needed.value());
                return topic.partitions().stream()
                        .map(partition -> log(partition, least))
                        .max(Comparator.comparingInt(log -> log.missing().size()));
            } catch (ExecutionException e) {
                return switch (e.getCause()) {
                    case UnknownTopicOrPartitionException ignored -> Optional.empty();
                    case AuthorizationException ignored -> Optional.empty();
                    case null, default -> throw e;
                };
            }
        });
    }

    private static <T> T only(KafkaFuture<? extends Map<?, T>> answer) throws ExecutionException, InterruptedException {
        return answer.get().values().iterator().next();
    }

    private static TransactionLog log(TopicPartitionInfo partition, int needed) {
        List<Integer> missing =
                partition.replicas().stream().map(Node::id).collect(Collectors.toCollection(ArrayList::new));
        partition.isr().forEach(node -> missing.remove(Integer.valueOf(node.id())));
        return new TransactionLog(partition.replicas().size(), List.copyOf(missing), needed);
    }

    private static TopicState state(KafkaFuture<TopicDescription> future)
            throws InterruptedException, ExecutionException {
        try {
            TopicDescription topic = future.get();
            return new TopicState.Present(
                    topic.partitions().size(),
                    Optional.ofNullable(topic.authorizedOperations()).map(Set::copyOf));
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case UnknownTopicOrPartitionException ignored -> new TopicState.Missing();
                case TopicAuthorizationException ignored -> new TopicState.Hidden();
                case InvalidTopicException invalid -> new TopicState.Invalid(String.valueOf(invalid.getMessage()));
                case null, default -> throw e;
            };
        }
    }

    private <T> T ask(Question<T> question) {
        String subject = "Kafka " + clients.endpoint().bootstrapServers();
        try (Admin admin = clients.admin()) {
            return askOnce(admin, question);
        } catch (ExecutionException e) {
            throw KafkaFailures.of(subject, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(FailureKind.UNKNOWN, subject + ": interrupted.", e);
        }
    }

    /** Who is interrupted does not wait for what he asked: the client would, until its own time-out. */
    private static <T> T askOnce(Admin admin, Question<T> question) throws ExecutionException, InterruptedException {
        try {
            return question.ask(admin);
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /** One question to an open client. */
    private interface Question<T> {

        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }
}
