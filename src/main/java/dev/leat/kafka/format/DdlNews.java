package dev.leat.kafka.format;

import dev.leat.change.Ddl;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import org.jspecify.annotations.Nullable;

/**
 * A statement about the schema, as a record tells it.
 *
 * @param statement the statement
 * @param table the table that it is about, as it stands in records; null for none
 * @param shape that table's rows after the statement; null where it leaves them alone
 * @param origin where in the log it takes effect; LSNs of 0 for what was there before
 */
public record DdlNews(
        Ddl statement, @Nullable TableId table, @Nullable Table shape, Origin origin) {

    /** Schema as it stands in the record; null for what belongs to none. */
    @Nullable
    String schema() {
        if (table != null) {
            return table.schema();
        }
        return statement.schema().isEmpty() ? null : statement.schema();
    }

    /** Table as it stands in the record; null for what belongs to none. */
    @Nullable
    String tableName() {
        return table == null ? null : table.table();
    }

    /** Whether it tells of what was there before the task began. */
    boolean initial() {
        return origin.commitLsn() == 0;
    }

    long committedAtMillis() {
        return Math.floorDiv(origin.committedAtMicros(), 1000L);
    }
}
