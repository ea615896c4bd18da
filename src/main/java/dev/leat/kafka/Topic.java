package dev.leat.kafka;

/**
 * A topic as it is.
 *
 * @param name its name
 * @param partitions how many partitions it has, taken when the run starts
 * @param maxRecordBytes the largest record it takes, never above Leat's own limit
 */
public record Topic(String name, int partitions, int maxRecordBytes) {}
