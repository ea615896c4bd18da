package dev.leat.kafka;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topic as a task wants it.
 *
 * @param name its name
 * @param partitions partitions when Leat creates it; null for the brokers' default
 * @param replicationFactor replicas when Leat creates it; null for the brokers' default
 * @param config settings when Leat creates it, by Kafka's names, beside the size of records that it takes
 */
public record TopicSpec(
        String name, @Nullable Integer partitions, @Nullable Integer replicationFactor, Map<String, String> config) {

    /** A topic with the brokers' settings. */
    public TopicSpec(String name, @Nullable Integer partitions, @Nullable Integer replicationFactor) {
        this(name, partitions, replicationFactor, Map.of());
    }
}
