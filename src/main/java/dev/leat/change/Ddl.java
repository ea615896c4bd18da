package dev.leat.change;

import org.jspecify.annotations.Nullable;

/**
 * One statement that builds the source's schema anew, or says how a part of it has changed.
 *
 * @param sql the statement, without a semicolon
 * @param action what it does to the shape of a table's rows
 * @param schema schema of the object; empty for what belongs to none
 * @param object the object's name, for people
 * @param table the task's table that it belongs to, as the source names it; null when it belongs to none
 */
public record Ddl(
        String sql,
        Action action,
        String schema,
        String object,
        @Nullable TableId table) {

    /** What a statement does to the shape of a table's rows. */
    public enum Action {
        CREATE,
        ALTER,
        NONE
    }
}
