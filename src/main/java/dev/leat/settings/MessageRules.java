package dev.leat.settings;

import java.util.ArrayList;
import java.util.List;

/** The rules of a task that carries logical messages. */
final class MessageRules {

    private static final String FIELD = "destination.messageTopic";

    private MessageRules() {}

    static List<Violation> violations(TaskSettings task) {
        String topic = task.destination().messageTopic();
        List<Violation> violations = new ArrayList<>();
        if (topic == null) {
            return violations;
        }
        if (!SettingsRules.isOneTopic(topic)) {
            violations.add(new Violation(
                    FIELD,
                    "'" + topic + "' is not the name of one topic.",
                    "Use letters, digits, '.', '_', '-' and the placeholder {database}."));
        }
        if (isTaken(topic, task.destination())) {
            violations.add(new Violation(
                    FIELD,
                    "Logical messages cannot go where records, DDL or dead letters go.",
                    "Choose a topic of its own, such as {database}.messages."));
        }
        if (!task.has(Phase.INCREMENTAL)) {
            violations.add(new Violation(
                    FIELD,
                    "Logical messages are in the log, which only the phase INCREMENTAL reads.",
                    "Add INCREMENTAL to phases, or leave it out."));
        }
        return violations;
    }

    private static boolean isTaken(String topic, TaskDestination destination) {
        return topic.equals(destination.topicOrDefault())
                || topic.equals(destination.ddlTopic())
                || topic.equals(destination.deadLetterTopicOrDefault());
    }
}
