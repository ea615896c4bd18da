package dev.leat.connection;

/**
 * A table of a source, as it is offered for selection.
 *
 * @param schema its schema
 * @param table its name
 * @param partitioned whether it is the root of partitions, which are not listed themselves
 * @param estimatedRows the planner's estimate; 0 before the first ANALYZE
 * @param primaryKey whether it has a primary key
 */
public record TableSummary(String schema, String table, boolean partitioned, long estimatedRows, boolean primaryKey) {}
