package dev.leat.kafka;

import org.jspecify.annotations.Nullable;

/**
 * A topic as a task wants it.
 *
 * @param name its name
 * @param partitions partitions when Leat creates it; null for the brokers' default
 * @param replicationFactor replicas when Leat creates it; null for the brokers' default
 */
public record TopicSpec(
        String name, @Nullable Integer partitions, @Nullable Integer replicationFactor) {}
