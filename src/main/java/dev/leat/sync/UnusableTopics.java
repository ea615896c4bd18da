package dev.leat.sync;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Brokers;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.TopicSpec;
import dev.leat.kafka.TopicState;
import dev.leat.kafka.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/** Finds the topics that nothing can be written to, before it is tried, so that their tables alone can be set aside. */
final class UnusableTopics {

    private final KafkaClients clients;
    private final boolean creates;

    /** With or without the right to create those that are missing. */
    UnusableTopics(KafkaClients clients, boolean creates) {
        this.clients = clients;
        this.creates = creates;
    }

    /** What is wrong with those of the topics that cannot be used, by name. */
    Map<String, SyncException> among(Collection<TopicSpec> wanted) {
        Map<String, TopicSpec> specs =
                wanted.stream().collect(Collectors.toMap(TopicSpec::name, spec -> spec, (first, second) -> first));
        Map<String, TopicState> states = new Brokers(clients).topics(specs.keySet());
        Map<String, SyncException> unusable = new HashMap<>();
        states.forEach((topic, state) -> trouble(topic, state).ifPresent(failure -> unusable.put(topic, failure)));
        if (creates) {
            List<TopicSpec> missing = specs.values().stream()
                    .filter(spec -> states.get(spec.name()) instanceof TopicState.Missing)
                    .toList();
            new Topics(clients).refusals(missing).forEach((topic, refusal) -> unusable.put(topic, own(refusal)));
        }
        return unusable;
    }

    private Optional<SyncException> trouble(String topic, TopicState state) {
        return switch (state) {
            case TopicState.Present _, TopicState.Hidden _ ->
                Optional.of(state.lacking())
                        .filter(lacking -> !lacking.isEmpty())
                        .map(lacking -> mayNotWrite(topic, lacking));
            case TopicState.Missing _ -> creates ? Optional.empty() : Optional.of(missing(topic));
            case TopicState.Invalid invalid ->
                Optional.of(new SyncException(FailureKind.SETTINGS, "Topic " + topic + ": " + invalid.reason()));
        };
    }

    private static SyncException mayNotWrite(String topic, Set<AclOperation> lacking) {
        return new SyncException(
                FailureKind.DESTINATION_PRIVILEGE,
                "Topic " + topic + ": the Kafka user lacks "
                        + lacking.stream().map(AclOperation::name).collect(Collectors.joining(", ")) + " on it.",
                "Grant the Kafka user these operations on the topic (ACL).",
                null);
    }

    private static SyncException missing(String topic) {
        return new SyncException(
                FailureKind.DESTINATION_TOPIC_MISSING,
                "Topic " + topic + ": does not exist, and the task or its connection may not create topics.",
                "Create the topic, or let the connection create topics.",
                null);
    }

    /**
     * A refusal that is about the topic.
     *
     * @throws SyncException the refusal, when it is about the brokers
     */
    private static SyncException own(SyncException refusal) {
        if (refusal.kind().mayConcernOneTopic() || refusal.kind() == FailureKind.SETTINGS) {
            return refusal;
        }
        throw refusal;
    }
}
