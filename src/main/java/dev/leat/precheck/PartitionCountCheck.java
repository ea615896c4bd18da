package dev.leat.precheck;

import dev.leat.kafka.TopicState;
import dev.leat.settings.KafkaEndpoint;
import java.util.Optional;

/** Whether topics that exist have as many partitions as the task asks for. */
final class PartitionCountCheck implements Check {

    @Override
    public String name() {
        return "PARTITION_COUNT";
    }

    @Override
    public String title() {
        return "Topics have the partitions that were asked for";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        DestinationFacts destination = context.destination();
        return Outcome.of(destination.wanted().stream()
                .flatMap(topic -> judge(context.plan().destination(), topic, destination.state(topic)).stream())
                .toList());
    }

    private static Optional<Finding> judge(KafkaEndpoint endpoint, WantedTopic topic, TopicState state) {
        Integer asked = topic.spec().partitions();
        if (asked == null || !(state instanceof TopicState.Present present) || present.partitions() == asked) {
            return Optional.empty();
        }
        String remedy = present.partitions() < asked
                ? Wording.kafka(
                        "kafka-topics.sh", endpoint, "--alter --topic '" + topic.name() + "' --partitions " + asked)
                : "Ask for " + present.partitions() + " partitions in the task.";
        return Optional.of(Finding.alert(
                "topic " + topic.name(),
                "The topic has " + present.partitions() + " partitions, the task asks for " + asked
                        + ". Leat uses those that are there.",
                remedy));
    }
}
