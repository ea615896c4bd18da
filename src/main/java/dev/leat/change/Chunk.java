package dev.leat.change;

/**
 * A range of one table that is read by one COPY.
 *
 * @param table the table
 * @param index its number among the table's chunks, from 0
 * @param condition SQL condition that selects the range; empty for the whole table
 */
public record Chunk(Table table, int index, String condition) {

    /** Of the same range only the rows that meet a further condition, too. */
    public Chunk where(String further) {
        return new Chunk(table, index, condition.isEmpty() ? further : condition + " AND (" + further + ")");
    }
}
