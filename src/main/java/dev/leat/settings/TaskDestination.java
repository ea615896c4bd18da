package dev.leat.settings;

import org.jspecify.annotations.Nullable;

/**
 * The destination of a task.
 *
 * @param connection name of a registered connection
 * @param topic topic of tables that name none; may hold {@code {database}}, {@code {schema}} and {@code {table}}
 * @param ddlTopic topic of schema changes; null for the data topic
 * @param partitions partitions of a topic that Leat creates
 * @param replicationFactor its replicas; null for the brokers' default
 * @param deadLetterTopic topic of what the task may set aside in place of stopping; may hold the same placeholders
 */
public record TaskDestination(
        String connection,
        @Nullable String topic,
        @Nullable String ddlTopic,
        @Nullable Integer partitions,
        @Nullable Integer replicationFactor,
        @Nullable String deadLetterTopic) {

    /** A missing connection becomes an empty name, which the rules refuse. */
    public TaskDestination(
            @Nullable String connection,
            @Nullable String topic,
            @Nullable String ddlTopic,
            @Nullable Integer partitions,
            @Nullable Integer replicationFactor,
            @Nullable String deadLetterTopic) {
        this.connection = connection == null ? "" : connection;
        this.topic = topic;
        this.ddlTopic = ddlTopic;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
        this.deadLetterTopic = deadLetterTopic;
    }

    /** The default topic: one per table. */
    public static final String DEFAULT_TOPIC = "{database}.{schema}.{table}";

    /** The default topic of dead letters: one per database. */
    public static final String DEFAULT_DEAD_LETTER_TOPIC = "{database}.dead-letter";

    /** The topic of tables that name none. */
    public String topicOrDefault() {
        return topic == null ? DEFAULT_TOPIC : topic;
    }

    /** The topic of dead letters. */
    public String deadLetterTopicOrDefault() {
        return deadLetterTopic == null ? DEFAULT_DEAD_LETTER_TOPIC : deadLetterTopic;
    }
}
