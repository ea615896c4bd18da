package dev.leat.kafka;

/**
 * The destination's cluster as it answers.
 *
 * @param id its id
 * @param brokers how many brokers it has
 */
public record ClusterState(String id, int brokers) {}
