package dev.leat.kafka.format;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.Row;
import dev.leat.change.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a table whose rows hold NULL where its columns say that they never do. The log does not tell of
 * {@code DROP NOT NULL}, and a row may be older than the rule.
 */
final class NullableColumns {

    private NullableColumns() {}

    /** The same shape, but the columns that a change's rows have NULL in may be so; those of the key stay. */
    static Table with(Table table, Change change) {
        return switch (change) {
            case Change.Read(Table ignored, var origin, Row after) -> with(table, null, after);
            case Change.Insert(Table ignored, var origin, Row after) -> with(table, null, after);
            case Change.Update(Table ignored, var origin, Row before, Row after) -> with(table, before, after);
            case Change.Delete(Table ignored, var origin, Row before) -> with(table, before, null);
            case Change.Truncate ignored -> table;
        };
    }

    private static Table with(Table table, @Nullable Row before, @Nullable Row after) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            boolean nullable = !table.key().contains(i) && (holdsNull(before, i) || holdsNull(after, i));
            columns.add(nullable ? new Column(column.name(), column.type(), false) : column);
        }
        return new Table(table.oid(), table.id(), columns, table.key(), table.fullIdentity());
    }

    private static boolean holdsNull(@Nullable Row row, int column) {
        return row != null && !row.keyOnly() && row.isNull(column);
    }
}
