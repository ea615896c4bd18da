package dev.leat.settings;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One selected (or excluded) object: a table, all tables of a schema, or, with neither named, the whole database.
 *
 * @param schema the schema; null for the whole database
 * @param table the table; null for all of the schema
 * @param topic topic of its records; null for the task's
 * @param partitions partitions of that topic when Leat creates it; null for the task's
 * @param partitionColumns columns that choose the partition in place of the key; empty for the key
 * @param columns names and exclusion of columns
 * @param filter SQL condition that rows must meet; null for all rows
 * @param operations SQL operations; null for the task's
 */
public record ObjectRule(
        @Nullable String schema,
        @Nullable String table,
        @Nullable String topic,
        @Nullable Integer partitions,
        List<String> partitionColumns,
        ColumnSettings columns,
        @Nullable String filter,
        @Nullable Set<Operation> operations) {

    /** Fills in the defaults. */
    public ObjectRule(
            @Nullable String schema,
            @Nullable String table,
            @Nullable String topic,
            @Nullable Integer partitions,
            @Nullable List<String> partitionColumns,
            @Nullable ColumnSettings columns,
            @Nullable String filter,
            @Nullable Set<Operation> operations) {
        this.schema = schema;
        this.table = table;
        this.topic = topic;
        this.partitions = partitions;
        this.partitionColumns = partitionColumns == null ? List.of() : List.copyOf(partitionColumns);
        this.columns = columns == null ? ColumnSettings.ALL : columns;
        this.filter = filter;
        this.operations = operations == null ? null : Set.copyOf(operations);
    }

    /** The whole database. */
    public static ObjectRule everything() {
        return new ObjectRule(null, null, null, null, null, null, null, null);
    }

    /** One table, with the defaults. */
    public static ObjectRule of(String schema, String table) {
        return new ObjectRule(schema, table, null, null, null, null, null, null);
    }

    /** 0 for the database, 1 for a schema, 2 for a table: the most specific rule wins. */
    int precision() {
        return schema == null ? 0 : table == null ? 1 : 2;
    }
}
