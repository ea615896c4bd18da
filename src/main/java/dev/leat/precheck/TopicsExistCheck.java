package dev.leat.precheck;

import dev.leat.failure.SyncException;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.TopicState;
import dev.leat.postgres.CatalogTable;
import dev.leat.settings.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;

/** Whether each topic exists or can be created under its name, and belongs to those who asked for it. */
final class TopicsExistCheck implements Check {

    @Override
    public String name() {
        return "TOPICS_EXIST";
    }

    @Override
    public String title() {
        return "Topics exist or can be created";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<String>> alike = new HashMap<>();
        for (WantedTopic topic : context.destination().wanted()) {
            missing(context, topic).ifPresent(findings::add);
            if (topic.spec().config().getOrDefault("cleanup.policy", "").contains("compact")) {
                withoutKey(context, topic).forEach(findings::add);
            }
            if (topic.perTable() && topic.tables().size() > 1) {
                findings.add(sharedByAccident(topic));
            }
            alike.computeIfAbsent(topic.name().replace('.', '_'), name -> new ArrayList<>())
                    .add(topic.name());
        }
        alike.values().stream()
                .filter(names -> names.size() > 1)
                .map(TopicsExistCheck::alike)
                .forEach(findings::add);
        return Outcome.of(findings);
    }

    /** A topic that is compacted takes no record without a key. */
    private static List<Finding> withoutKey(PrecheckContext context, WantedTopic topic) {
        return context.source().tables().stream()
                .map(CatalogTable::table)
                .filter(table -> topic.tables().contains(table.id()) && !table.hasKey())
                .map(table -> Finding.error(
                        table.id().toString(),
                        "The table has no key, and topic " + topic.name()
                                + ", which is to be compacted, takes no record" + " without one.",
                        "Give the table a primary key, or take cleanup.policy out of \"topicConfig\"."))
                .toList();
    }

    /** Whether Leat would create the topic. */
    static boolean toBeCreated(PrecheckContext context, WantedTopic topic) {
        return context.plan().destination().createTopics()
                && context.task().has(Phase.SCHEMA)
                && context.destination().state(topic) instanceof TopicState.Missing;
    }

    private static Optional<Finding> missing(PrecheckContext context, WantedTopic topic) {
        return switch (context.destination().state(topic)) {
            case TopicState.Present ignored -> Optional.empty();
            case TopicState.Hidden ignored -> Optional.empty();
            case TopicState.Invalid invalid -> Optional.of(invalid(topic, invalid.reason()));
            case TopicState.Missing ignored ->
                toBeCreated(context, topic)
                        ? context.destination()
                                .refusal(topic)
                                .filter(refusal -> !(refusal.getCause() instanceof AuthorizationException))
                                .map(refusal -> refused(context, topic, refusal))
                        : Optional.of(mayNotBeCreated(context, topic));
        };
    }

    private static Finding mayNotBeCreated(PrecheckContext context, WantedTopic topic) {
        Integer partitions = topic.spec().partitions();
        return Finding.error(
                "topic " + topic.name(),
                context.plan().destination().createTopics()
                        ? "The topic does not exist, and the task has no SCHEMA phase that would create it."
                        : "The topic does not exist, and the connection may not create topics.",
                Wording.kafka(
                        "kafka-topics.sh",
                        context.plan().destination(),
                        "--create --topic '" + topic.name() + "'"
                                + (partitions == null ? "" : " --partitions " + partitions)
                                + " --config max.message.bytes=" + KafkaClients.MAX_RECORD_BYTES));
    }

    private static Finding refused(PrecheckContext context, WantedTopic topic, SyncException refusal) {
        return switch (refusal.getCause()) {
            case InvalidTopicException e -> invalid(topic, String.valueOf(e.getMessage()));
            case InvalidReplicationFactorException ignored ->
                Finding.error(
                        "topic " + topic.name(),
                        refusal.getMessage(),
                        "Set \"replicationFactor\" in the task's \"destination\" to at most "
                                + context.destination().connect().brokers() + ".");
            case InvalidConfigurationException e ->
                Finding.error(
                        "topic " + topic.name(),
                        "The brokers refuse the settings for it: " + e.getMessage(),
                        "Correct \"topicConfig\" in the task's \"destination\".");
            case null, default -> Finding.error("topic " + topic.name(), refusal.getMessage(), refusal.remedy());
        };
    }

    private static Finding invalid(WantedTopic topic, String reason) {
        return Finding.error(
                "topic " + topic.name(),
                "Kafka refuses the name: " + reason,
                "Give " + users(topic) + " another topic in the task.");
    }

    private static String users(WantedTopic topic) {
        if (topic.deadLetters()) {
            return "dead letters (\"deadLetterTopic\")";
        }
        return topic.tables().isEmpty() ? "the DDL topic" : Wording.some(topic.tables());
    }

    private static Finding sharedByAccident(WantedTopic topic) {
        return Finding.alert(
                "topic " + topic.name(),
                "Kafka's rules for names give several tables the same topic: " + Wording.some(topic.tables()) + ".",
                "Give each of them a topic of its own in the task's objects.");
    }

    private static Finding alike(List<String> names) {
        return Finding.alert(
                "topic " + names.getFirst(),
                "The names differ only in '.' and '_', which Kafka's metrics cannot tell apart: " + Wording.some(names)
                        + ".",
                "Give one of them another topic in the task's objects.");
    }
}
