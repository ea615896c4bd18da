package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
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
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Questions to the destination's brokers that change nothing there. */
public final class Brokers {

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
            return question.ask(admin);
        } catch (ExecutionException e) {
            throw KafkaFailures.of(subject, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(FailureKind.UNKNOWN, subject + ": interrupted.", e);
        }
    }

    /** One question to an open client. */
    private interface Question<T> {

        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }
}
