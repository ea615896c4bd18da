package dev.leat.sync;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Topic;
import dev.leat.kafka.TopicSpec;
import dev.leat.kafka.Topics;
import dev.leat.postgres.CatalogTable;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskSettings;
import dev.leat.shape.TableShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prepares the destination: every topic is there, and how many partitions it has is known. */
final class SchemaPhase {

    private final TaskSettings task;
    private final TableShapes shapes;
    private final Topics topics;

    SchemaPhase(TaskSettings task, TableShapes shapes, Topics topics) {
        this.task = task;
        this.shapes = shapes;
        this.topics = topics;
    }

    /** The topics of the tables, by name; missing ones are created when the task has this phase. */
    Map<String, Topic> run(List<CatalogTable> tables) {
        List<TopicSpec> wanted = wanted(tables);
        if (!task.has(Phase.SCHEMA)) {
            requireAll(wanted.stream().map(TopicSpec::name).toList());
        }
        return topics.prepare(wanted);
    }

    /** The topics of the tables' records as the task wants them. */
    List<TopicSpec> ofRecords(List<CatalogTable> tables) {
        return tables.stream().map(table -> ofRecords(table.table().id())).toList();
    }

    private TopicSpec ofRecords(TableId table) {
        Optional<Integer> partitions = task.objects().ruleFor(table).map(ObjectRule::partitions);
        return new TopicSpec(
                shapes.topic(table),
                partitions.orElse(task.destination().partitions()),
                task.destination().replicationFactor(),
                task.destination().topicConfig());
    }

    private List<TopicSpec> wanted(List<CatalogTable> tables) {
        List<TopicSpec> wanted = new ArrayList<>(ofRecords(tables));
        if (task.sendsDeadLetters()) {
            tables.stream()
                    .map(table -> shapes.deadLetterTopic(table.table().id()))
                    .distinct()
                    .map(topic -> new TopicSpec(
                            topic,
                            task.destination().partitions(),
                            task.destination().replicationFactor()))
                    .forEach(wanted::add);
        }
        shapes.ddlTopic()
                .map(topic -> new TopicSpec(topic, 1, task.destination().replicationFactor()))
                .ifPresent(wanted::add);
        shapes.messageTopic()
                .map(topic -> new TopicSpec(topic, 1, task.destination().replicationFactor()))
                .ifPresent(wanted::add);
        return wanted;
    }

    private void requireAll(List<String> names) {
        Set<String> missing = topics.missing(names);
        if (!missing.isEmpty()) {
            throw new SyncException(
                    FailureKind.DESTINATION_TOPIC_MISSING,
                    "Topic " + String.join(", ", missing.stream().limit(10).toList())
                            + ": does not exist, and the task has no SCHEMA phase that would create it.");
        }
    }
}
