package dev.leat.connection;

/**
 * Which tables of a source to list.
 *
 * @param schema only of this schema; empty for all
 * @param text only those whose names contain it, in any case; empty for all
 * @param afterSchema with afterTable: only those behind this table in the order of schema and name; empty for the first
 * @param afterTable see afterSchema
 * @param limit at most so many
 */
public record TableSearch(String schema, String text, String afterSchema, String afterTable, int limit) {

    /** The first tables of a schema. */
    public static TableSearch first(String schema, String text, int limit) {
        return new TableSearch(schema, text, "", "", limit);
    }
}
