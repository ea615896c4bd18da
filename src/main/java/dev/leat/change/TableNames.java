package dev.leat.change;

import java.util.Map;

/**
 * What a table and its columns are called in records.
 *
 * @param target the table's name there
 * @param columns the source's name of each column that is kept, and its name there
 * @param mapped whether anything is called otherwise or left out
 */
public record TableNames(TableId target, Map<String, String> columns, boolean mapped) {

    public TableNames {
        columns = Map.copyOf(columns);
    }
}
