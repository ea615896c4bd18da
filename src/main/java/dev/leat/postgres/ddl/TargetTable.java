package dev.leat.postgres.ddl;

import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a table and its columns are called in DDL: as at the source, unless the task gives them other names. */
final class TargetTable {

    private final String quoted;
    private final Map<String, String> columns;
    private final boolean mapped;

    private TargetTable(String quoted, Map<String, String> columns, boolean mapped) {
        this.quoted = quoted;
        this.columns = columns;
        this.mapped = mapped;
    }

    static TargetTable of(SourceTable table, Map<TableId, TableNames> names) {
        TableNames given = names.get(table.id());
        Map<String, String> columns = new HashMap<>();
        if (given == null || !given.mapped()) {
            table.columns().forEach(column -> columns.put(column.name(), column.quoted()));
            return new TargetTable(table.id().quoted(), columns, false);
        }
        given.columns().forEach((column, called) -> columns.put(column, TableId.quote(called)));
        return new TargetTable(given.target().quoted(), columns, true);
    }

    boolean mapped() {
        return mapped;
    }

    /** The name as SQL needs it. */
    String quoted() {
        return quoted;
    }

    /** A column's name as SQL needs it; empty when the task leaves it out. */
    Optional<String> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }
}
