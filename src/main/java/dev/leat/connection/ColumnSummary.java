package dev.leat.connection;

/**
 * A column of a source's table.
 *
 * @param name its name
 * @param type its type as PostgreSQL writes it, such as {@code numeric(10,2)}
 * @param nullable whether it may hold NULL
 * @param primaryKey whether it belongs to the primary key
 * @param generated whether the server computes it
 */
public record ColumnSummary(String name, String type, boolean nullable, boolean primaryKey, boolean generated) {}
