package dev.leat.precheck;

import dev.leat.kafka.TopicState;
import dev.leat.settings.Conflicts;
import java.util.Map;
import java.util.TreeMap;

/** Whether the topics hold records already that are not the task's own. */
final class TargetEmptyCheck implements Check {

    @Override
    public String name() {
        return "TARGET_EMPTY";
    }

    @Override
    public String title() {
        return "Topics hold no records of others";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (context.task().conflicts() == Conflicts.IGNORE) {
            return new Outcome.Passed();
        }
        DestinationFacts destination = context.destination();
        Map<String, Integer> present = new TreeMap<>();
        for (WantedTopic topic : destination.wanted()) {
            if (!ownOf(context.plan(), topic) && destination.state(topic) instanceof TopicState.Present state) {
                present.put(topic.name(), state.partitions());
            }
        }
        Map<String, Long> counts =
                present.isEmpty() ? Map.of() : destination.connected().recordCounts(present);
        return Outcome.of(present.keySet().stream()
                .filter(topic -> counts.getOrDefault(topic, 0L) > 0)
                .map(topic -> Finding.error(
                        "topic " + topic,
                        "The topic already holds " + counts.get(topic) + " records.",
                        "Set \"conflicts\": \"IGNORE\" in the task to add to them, choose another topic, or drop the"
                                + " topic with its records: "
                                + Wording.kafka(
                                        "kafka-topics.sh",
                                        context.plan().destination(),
                                        "--delete --topic '" + topic + "'")))
                .toList());
    }

    /** Several tasks may share a topic of dead letters; schema changes and messages of a task that ran are its own. */
    private static boolean ownOf(PrecheckPlan plan, WantedTopic topic) {
        return topic.deadLetters()
                || plan.ownTopics().contains(topic.name())
                || plan.hasCheckpoint() && topic.tables().isEmpty();
    }
}
