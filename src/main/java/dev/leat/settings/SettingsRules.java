package dev.leat.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that a task's settings must meet on their own, without a look at either end. */
final class SettingsRules {

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(database|schema|table)}");
    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
    private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9_.-]{1,63}");
    private static final String DEFAULT = "default";
    private static final int MAX_EDITED_TABLES = 5_000;
    private static final int MAX_FILTER_LENGTH = 4_096;

    private final TaskSettings task;
    private final List<Violation> violations = new ArrayList<>();

    SettingsRules(TaskSettings task) {
        this.task = task;
    }

    List<Violation> violations() {
        names();
        ends();
        phases();
        format();
        objects();
        retry();
        limits();
        violations.addAll(EtlRules.violations(task.etl()));
        violations.addAll(new SlotRules(task).violations());
        violations.addAll(AlertRules.violations(task.alerts()));
        return violations;
    }

    private void names() {
        String name = task.name();
        if (name != null && (name.isBlank() || name.length() > 200)) {
            add("name", "The name must have 1 to 200 characters.", "Choose another name, or leave it out.");
        }
        if (name != null && name.chars().anyMatch(Character::isISOControl)) {
            add("name", "The name has line breaks or other control characters.", "Leave them out.");
        }
        if (!GROUP.matcher(task.workerGroup()).matches()) {
            add(
                    "workerGroup",
                    "Only letters, digits, underscores, dots and hyphens, at most 63.",
                    "Name the group that the nodes have, or leave it out for 'default'.");
        }
        resourceGroup(task.resourceGroup());
        identifier("source.slot", task.source().slot());
        identifier("source.publication", task.source().publication());
    }

    /** What would do nothing is not taken for something. */
    private void resourceGroup(String value) {
        if (!value.equals(DEFAULT)) {
            add(
                    "resourceGroup",
                    "Users see and change every task so far; there is no group but '" + DEFAULT + "'.",
                    "Leave it out.");
        }
    }

    private void identifier(String field, @Nullable String value) {
        if (value != null && !SLOT.matcher(value).matches()) {
            add(
                    field,
                    "Only lower-case letters, digits and underscores, at most 63.",
                    "Leave it out to have it named.");
        }
    }

    private void ends() {
        if (task.source().connection().isBlank()) {
            add("source.connection", "No source connection is named.", "Name a registered connection.");
        }
        if (task.destination().connection().isBlank()) {
            add("destination.connection", "No destination connection is named.", "Name a registered connection.");
        }
        topic("destination.topic", task.destination().topic());
        ddlTopic();
        deadLetterTopic();
        violations.addAll(MessageRules.violations(task));
        positive("destination.partitions", task.destination().partitions());
        positive("destination.replicationFactor", task.destination().replicationFactor());
        task.destination().topicConfig().forEach(this::topicConfig);
    }

    private void ddlTopic() {
        String topic = task.destination().ddlTopic();
        if (topic != null && !topic.equals(TaskDestination.DDL_WITH_RECORDS) && !isOneTopic(topic)) {
            add(
                    "destination.ddlTopic",
                    "'" + topic + "' is not the name of one topic.",
                    "Use letters, digits, '.', '_', '-' and the placeholder {database}; or \""
                            + TaskDestination.DDL_WITH_RECORDS + "\" for the topics of the tables' records.");
        }
    }

    /** Whether a name, once the database stands in it, is that of a topic. */
    static boolean isOneTopic(String name) {
        return TOPIC.matcher(name.replace("{database}", "x")).matches();
    }

    private void topic(String field, @Nullable String topic) {
        if (topic != null
                && !TOPIC.matcher(PLACEHOLDER.matcher(topic).replaceAll("x")).matches()) {
            add(
                    field,
                    "'" + topic + "' is not a topic name.",
                    "Use letters, digits, '.', '_', '-' and the placeholders {database}, {schema}, {table}.");
        }
    }

    /** What reads the rows of a table cannot read dead letters among them. */
    private void deadLetterTopic() {
        String topic = task.destination().deadLetterTopic();
        topic("destination.deadLetterTopic", topic);
        if (topic != null && topic.equals(task.destination().topicOrDefault())) {
            add(
                    "destination.deadLetterTopic",
                    "Dead letters cannot go where the records go.",
                    "Choose another topic, or leave it out for " + TaskDestination.DEFAULT_DEAD_LETTER_TOPIC + ".");
        }
    }

    /** Which settings there are, and what they take, is for the brokers to say: the precheck asks them. */
    private void topicConfig(String name, String value) {
        if (!name.matches("[a-z][a-z.]*[a-z]") || value.isBlank()) {
            add(
                    "destination.topicConfig." + name,
                    "No name of a topic's setting, or no value.",
                    "Use Kafka's own names, such as cleanup.policy or retention.ms.");
        }
    }

    private void positive(String field, @Nullable Integer value) {
        if (value != null && value < 1) {
            add(field, "Must be at least 1.", "Give a positive number, or leave it out for the default.");
        }
    }

    private void phases() {
        if (task.phases().isEmpty()) {
            add("phases", "No phase is chosen.", "Choose at least one of SCHEMA, FULL, INCREMENTAL.");
        }
    }

    private void format() {
        violations.addAll(new FormatRules(task.format()).violations());
        if (task.kafka().exactlyOnce()) {
            notYet("kafka.exactlyOnce", "Exactly-once delivery", "Leave it out.");
        }
    }

    private void objects() {
        List<ObjectRule> include = task.objects().include();
        if (include.size() > MAX_EDITED_TABLES) {
            add(
                    "objects.include",
                    "A task holds at most " + MAX_EDITED_TABLES + " edited objects, this one has " + include.size()
                            + ".",
                    "Select whole schemas or the whole database, or split the task.");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < include.size(); i++) {
            rule("objects.include[" + i + "]", include.get(i), seen);
        }
        for (int i = 0; i < task.objects().exclude().size(); i++) {
            excluded("objects.exclude[" + i + "]", task.objects().exclude().get(i), seen);
        }
        operations("operations", task.operations());
        partitionsOfTopics();
    }

    private void excluded(String field, ObjectRule rule, Set<String> included) {
        schemaPresent(field, rule);
        if (rule.table() != null && included.contains(object(rule))) {
            add(field, "The table is both selected and excluded.", "Keep it in one of the two lists.");
        }
    }

    private static String object(ObjectRule rule) {
        return rule.schema() + "\0" + rule.table();
    }

    private void operations(String field, @Nullable Set<Operation> operations) {
        if (operations != null && operations.isEmpty()) {
            add(field, "No operation is chosen.", "Choose at least one of INSERT, UPDATE, DELETE, TRUNCATE.");
        }
    }

    /** A topic has one number of partitions, whoever writes to it. */
    private void partitionsOfTopics() {
        Map<String, Integer> partitions = new HashMap<>();
        List<ObjectRule> include = task.objects().include();
        for (int i = 0; i < include.size(); i++) {
            String topic = include.get(i).topic();
            Integer own = include.get(i).partitions();
            if (topic != null && own != null && !topic.contains("{")) {
                Integer other = partitions.putIfAbsent(topic, own);
                if (other != null && !other.equals(own)) {
                    add(
                            "objects.include[" + i + "].partitions",
                            "Another object gives the topic '" + topic + "' " + other + " partitions.",
                            "Give all objects of a topic the same number.");
                }
            }
        }
    }

    private void rule(String field, ObjectRule rule, Set<String> seen) {
        schemaPresent(field, rule);
        if (!seen.add(object(rule))) {
            add(field, "This object stands in the list twice.", "Keep one of them.");
        }
        topic(field + ".topic", rule.topic());
        positive(field + ".partitions", rule.partitions());
        filter(field + ".filter", rule.filter());
        operations(field + ".operations", rule.operations());
        if (!rule.partitionColumns().isEmpty() && task.kafka().partitioning() != PartitionPolicy.PRIMARY_KEY) {
            add(
                    field + ".partitionColumns",
                    "Columns choose nothing when kafka.partitioning is "
                            + task.kafka().partitioning() + ".",
                    "Leave them out, or set kafka.partitioning to PRIMARY_KEY.");
        }
        Set<String> names = new HashSet<>();
        rule.columns().rename().forEach((from, to) -> {
            if (to.isBlank() || !names.add(to)) {
                add(
                        field + ".columns.rename." + from,
                        "'" + to + "' is empty or given to two columns.",
                        "Give each column a name of its own.");
            }
            if (rule.columns().exclude().contains(from)) {
                add(
                        field + ".columns.rename." + from,
                        "The column is both renamed and excluded.",
                        "Do one of the two.");
            }
        });
    }

    private void filter(String field, @Nullable String condition) {
        if (condition != null && condition.isBlank()) {
            add(field, "The condition is empty.", "Write a condition, or leave the filter out.");
        }
        if (condition != null && condition.length() > MAX_FILTER_LENGTH) {
            add(field, "At most " + MAX_FILTER_LENGTH + " characters.", "Shorten the condition.");
        }
    }

    private void schemaPresent(String field, ObjectRule rule) {
        if (rule.schema() == null && rule.table() != null) {
            add(field + ".schema", "A table needs its schema.", "Name the schema of '" + rule.table() + "'.");
        }
    }

    private void retry() {
        int connection = task.retry().connectionMinutes();
        int other = task.retry().otherMinutes();
        if (connection < 10 || connection > 1440) {
            add("retry.connectionMinutes", "Must be 10 to 1440.", "720 is the default.");
        }
        if (other < 1 || other > 1440 || other >= connection) {
            add("retry.otherMinutes", "Must be 1 to 1440 and less than retry.connectionMinutes.", "10 is the default.");
        }
    }

    private void limits() {
        violations.addAll(new ThrottleRules(task.throttle()).violations("throttle."));
        if (InstanceClass.of(task.instanceClass()).isEmpty()) {
            String known = Arrays.stream(InstanceClass.values())
                    .map(InstanceClass::label)
                    .collect(Collectors.joining(", "));
            add("instanceClass", "There is no class '" + task.instanceClass() + "'.", "Use one of " + known + ".");
        }
    }

    private void notYet(String field, String what, String remedy) {
        add(field, what + " is not available in this version.", remedy);
    }

    private void add(String field, String message, String remedy) {
        violations.add(new Violation(field, message, remedy));
    }
}
