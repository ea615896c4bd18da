package dev.leat.precheck;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.TopicState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** How large a record each topic of a task takes; one that is to be created takes what the task gives it. */
final class TopicLimits {

    private final PrecheckContext context;
    private final Map<String, Integer> present;
    private final Map<String, Integer> planned;

    private TopicLimits(PrecheckContext context, Map<String, Integer> present, Map<String, Integer> planned) {
        this.context = context;
        this.present = present;
        this.planned = planned;
    }

    /**
     * Asks the brokers.
     *
     * @throws PreconditionFailed when the user may not read the topics' settings
     */
    static TopicLimits of(PrecheckContext context) {
        List<String> present = new ArrayList<>();
        Map<String, Integer> planned = new HashMap<>();
        for (WantedTopic topic : context.destination().wanted()) {
            if (context.destination().state(topic) instanceof TopicState.Present) {
                present.add(topic.name());
            } else {
                planned.put(topic.name(), planned(topic));
            }
        }
        return new TopicLimits(context, present.isEmpty() ? Map.of() : asked(context, present), planned);
    }

    private static Map<String, Integer> asked(PrecheckContext context, List<String> topics) {
        try {
            return context.destination().connected().recordLimits(topics);
        } catch (SyncException e) {
            if (e.kind() == FailureKind.DESTINATION_PRIVILEGE) {
                throw new PreconditionFailed(TopicRightsCheck.NAME);
            }
            throw e;
        }
    }

    /** A text that is no number is refused by the brokers, of which another check tells. */
    private static int planned(WantedTopic topic) {
        String limit = topic.spec().config().getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "");
        return limit.matches("\\d{1,9}") ? Integer.parseInt(limit) : KafkaClients.MAX_RECORD_BYTES;
    }

    /** The largest record that it takes; as large as any of Leat's where nothing is said. */
    int bytes(String topic) {
        return present.getOrDefault(topic, planned.getOrDefault(topic, KafkaClients.MAX_RECORD_BYTES));
    }

    /** What makes it take as much as Leat sends. */
    String raise(String topic) {
        return planned.containsKey(topic)
                ? "Take max.message.bytes out of \"topicConfig\" in the task's \"destination\"."
                : Wording.kafka(
                        "kafka-configs.sh",
                        context.plan().destination(),
                        "--alter --topic '" + topic + "' --add-config max.message.bytes="
                                + KafkaClients.MAX_RECORD_BYTES);
    }
}
