package dev.leat.task;

/**
 * Which tables of a task are asked for; they come by schema and name.
 *
 * @param state name of a table state; empty for all
 * @param text part of {@code schema.table}, in any case; empty for all
 * @param afterSchema schema of the last table that is known already; empty to begin
 * @param afterTable its name
 * @param limit at most so many
 */
public record TableSearch(String state, String text, String afterSchema, String afterTable, int limit) {}
