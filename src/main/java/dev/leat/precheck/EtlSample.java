package dev.leat.precheck;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ETL of a table made of some of its rows.
 *
 * @param schema the table's schema
 * @param table the table
 * @param columns the columns as the steps leave them
 * @param rows the rows that were read
 */
public record EtlSample(String schema, String table, List<SampledColumn> columns, List<SampledRow> rows) {

    /** What became of a row. */
    public enum Outcome {
        KEPT,
        DROPPED,
        FAILED
    }

    /** A column as it will stand in records. */
    public record SampledColumn(String name, String type) {}

    /**
     * A row.
     *
     * @param outcome what became of it
     * @param before its values as PostgreSQL prints them, long ones cut off
     * @param after the same behind the steps; null unless it was kept
     * @param error what was wrong; null unless a step could not work on it
     */
    public record SampledRow(
            Outcome outcome,
            Map<String, @Nullable String> before,
            @Nullable Map<String, @Nullable String> after,
            @Nullable String error) {}
}
