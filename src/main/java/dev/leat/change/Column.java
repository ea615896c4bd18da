package dev.leat.change;

/**
 * A column of a table.
 *
 * @param name the name, as it stands in records
 * @param type its type
 * @param notNull whether the catalog forbids null
 */
public record Column(String name, DataType type, boolean notNull) {}
