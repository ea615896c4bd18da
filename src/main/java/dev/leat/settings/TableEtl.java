package dev.leat.settings;

import dev.leat.change.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ETL does to the rows of one table.
 *
 * @param schema the table's schema
 * @param table the table
 * @param steps the steps, in their order
 * @param onError what becomes of a row that a step cannot work on
 */
public record TableEtl(String schema, String table, List<EtlStep> steps, OnRowError onError) {

    /** Fills in the defaults; a missing name becomes an empty one, which the rules refuse. */
    public TableEtl(
            @Nullable String schema,
            @Nullable String table,
            @Nullable List<EtlStep> steps,
            @Nullable OnRowError onError) {
        this.schema = schema == null ? "" : schema;
        this.table = table == null ? "" : table;
        this.steps = steps == null ? List.of() : List.copyOf(steps);
        this.onError = onError == null ? OnRowError.STOP : onError;
    }

    /** What is wrong with this alone; field is its path, for messages. */
    public List<Violation> violations(String field) {
        return EtlRules.violations(this, field);
    }

    /** The table that this speaks of. */
    public TableId id() {
        return new TableId(schema, table);
    }
}
