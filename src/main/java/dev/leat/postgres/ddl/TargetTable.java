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
    private final boolean moves;

    private TargetTable(String quoted, Map<String, String> columns, boolean mapped, boolean moves) {
        this.quoted = quoted;
        this.columns = columns;
        this.mapped = mapped;
        this.moves = moves;
    }

    static TargetTable of(SourceTable table, Map<TableId, TableNames> names) {
        TableNames given = names.get(table.id());
        Map<String, String> columns = new HashMap<>();
        if (given == null || !given.mapped()) {
            table.columns().forEach(column -> columns.put(column.name(), column.quoted()));
            return new TargetTable(table.id().quoted(), columns, false, false);
        }
        given.columns().forEach((column, called) -> columns.put(column, TableId.quote(called)));
        boolean moves = !given.target().schema().equals(table.id().schema());
        return new TargetTable(given.target().quoted(), columns, true, moves);
    }

    boolean mapped() {
        return mapped;
    }

    /** Whether it stands in a schema of another name. */
    boolean moves() {
        return moves;
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
