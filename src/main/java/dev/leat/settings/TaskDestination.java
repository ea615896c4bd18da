package dev.leat.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The destination of a task.
 *
 * @param connection name of a registered connection
 * @param topic topic of tables that name none; may hold {@code {database}}, {@code {schema}} and {@code {table}}
 * @param ddlTopic topic of DDL records, may hold {@code {database}}; {@code {topic}} for the topic of each table's
 *     records; null for none
 * @param partitions partitions of a topic that Leat creates
 * @param replicationFactor its replicas; null for the brokers' default
 * @param deadLetterTopic topic of what the task may set aside in place of stopping; may hold the same placeholders
 * @param topicConfig settings of the tables' topics that Leat creates, by Kafka's names such as {@code cleanup.policy}
 * @param messageTopic topic of logical messages, may hold {@code {database}}; null when they are not carried
 */
public record TaskDestination(
        String connection,
        @Nullable String topic,
        @Nullable String ddlTopic,
        @Nullable Integer partitions,
        @Nullable Integer replicationFactor,
        @Nullable String deadLetterTopic,
        Map<String, String> topicConfig,
        @Nullable String messageTopic) {

    /** A missing connection becomes an empty name, which the rules refuse. */
    public TaskDestination(
            @Nullable String connection,
            @Nullable String topic,
            @Nullable String ddlTopic,
            @Nullable Integer partitions,
            @Nullable Integer replicationFactor,
            @Nullable String deadLetterTopic,
            @Nullable Map<String, String> topicConfig,
            @Nullable String messageTopic) {
        this.connection = connection == null ? "" : connection;
        this.topic = topic;
        this.ddlTopic = ddlTopic;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
        this.deadLetterTopic = deadLetterTopic;
        this.topicConfig = topicConfig == null ? Map.of() : Map.copyOf(topicConfig);
        this.messageTopic = messageTopic;
    }

    /** A destination without logical messages. */
    public TaskDestination(
            @Nullable String connection,
            @Nullable String topic,
            @Nullable String ddlTopic,
            @Nullable Integer partitions,
            @Nullable Integer replicationFactor,
            @Nullable String deadLetterTopic,
            @Nullable Map<String, String> topicConfig) {
        this(connection, topic, ddlTopic, partitions, replicationFactor, deadLetterTopic, topicConfig, null);
    }

    /** A destination whose topics have the brokers' settings. */
    public TaskDestination(
            @Nullable String connection,
            @Nullable String topic,
            @Nullable String ddlTopic,
            @Nullable Integer partitions,
            @Nullable Integer replicationFactor,
            @Nullable String deadLetterTopic) {
        this(connection, topic, ddlTopic, partitions, replicationFactor, deadLetterTopic, Map.of());
    }

    /** The default topic: one per table. */
    public static final String DEFAULT_TOPIC = "{database}.{schema}.{table}";

    /** The default topic of dead letters: one per database. */
    public static final String DEFAULT_DEAD_LETTER_TOPIC = "{database}.dead-letter";

    /** In place of a DDL topic: DDL records go where the table's records go. */
    public static final String DDL_WITH_RECORDS = "{topic}";

    /** The topic of tables that name none. */
    public String topicOrDefault() {
        return topic == null ? DEFAULT_TOPIC : topic;
    }

    /** The topic of dead letters. */
    public String deadLetterTopicOrDefault() {
        return deadLetterTopic == null ? DEFAULT_DEAD_LETTER_TOPIC : deadLetterTopic;
    }

    /** The same over another connection. */
    TaskDestination over(String other) {
        return new TaskDestination(
                other, topic, ddlTopic, partitions, replicationFactor, deadLetterTopic, topicConfig, messageTopic);
    }
}
