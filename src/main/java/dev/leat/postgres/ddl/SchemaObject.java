package dev.leat.postgres.ddl;

import dev.leat.change.TableId;
import org.jspecify.annotations.Nullable;

/**
 * An object of the source's schema, and the statement that makes it.
 *
 * @param address its address
 * @param kind what it is
 * @param schema its schema; empty for what has none
 * @param name its name
 * @param sql the statement that makes it
 * @param owner the object that it is a part of; null for what stands by itself
 * @param table the table that it is, or is a part of; null for everything else
 */
record SchemaObject(
        Address address,
        ObjectKind kind,
        String schema,
        String name,
        String sql,
        @Nullable Address owner,
        @Nullable TableId table) {

    /** An object that stands by itself. */
    static SchemaObject of(Address address, ObjectKind kind, String schema, String name, String sql) {
        return new SchemaObject(address, kind, schema, name, sql, null, null);
    }

    /** How a person would call it. */
    String described() {
        return kind.word() + " " + (schema.isEmpty() ? name : schema + "." + name);
    }
}
