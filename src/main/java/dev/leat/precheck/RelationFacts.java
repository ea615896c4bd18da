package dev.leat.precheck;

import dev.leat.change.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What matters of a selected table, or of a partition below one.
 *
 * @param root OID of the selected table
 * @param oid its own OID, the same when it is the selected table
 * @param id its name
 * @param kind {@code pg_class.relkind}: r(elation), p(artitioned), f(oreign)
 * @param persistence {@code pg_class.relpersistence}: p(ermanent), u(nlogged)
 * @param replicaIdentity {@code pg_class.relreplident}: d(efault), n(othing), f(ull), i(ndex)
 * @param identified whether the log tells which row an UPDATE or DELETE means; if not, publishing makes both fail
 * @param primaryKey whether it has a primary key
 * @param uniqueIndex a unique index that could serve as replica identity; empty without one
 * @param owner the role that owns it
 * @param ownerIsSuperuser whether that role is a superuser
 * @param owned whether the user has the owner's rights
 * @param schemaUsable whether the user has USAGE on its schema
 * @param readable whether the user has SELECT on it
 * @param rowSecurity whether row security hides rows from the user
 */
record RelationFacts(
        int root,
        int oid,
        TableId id,
        char kind,
        char persistence,
        char replicaIdentity,
        boolean identified,
        boolean primaryKey,
        String uniqueIndex,
        String owner,
        boolean ownerIsSuperuser,
        boolean owned,
        boolean schemaUsable,
        boolean readable,
        boolean rowSecurity) {

    /** Selected tables by OID, and all that is below them. A deferrable key is no replica identity. */
    static final String QUERY = """
            WITH RECURSIVE tree(root, oid) AS (
              SELECT o, o FROM unnest(?::oid[]) o
              UNION ALL
              SELECT t.root, i.inhrelid FROM tree t JOIN pg_class p ON p.oid = t.oid AND p.relkind = 'p'
              JOIN pg_inherits i ON i.inhparent = t.oid)
            SELECT t.root, t.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident,
                   c.relreplident = 'f' OR EXISTS (
                     SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisvalid AND i.indimmediate
                       AND (c.relreplident = 'd' AND i.indisprimary OR c.relreplident = 'i' AND i.indisreplident)),
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary),
                   coalesce((
                     SELECT ic.relname FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
                     WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
                       AND i.indpred IS NULL AND i.indexprs IS NULL AND NOT EXISTS (
                         SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attnotnull
                           AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]))
                     ORDER BY i.indisprimary DESC, ic.oid LIMIT 1), ''),
                   o.rolname, o.rolsuper, pg_has_role(c.relowner, 'USAGE'), has_schema_privilege(n.oid, 'USAGE'),
                   has_table_privilege(c.oid, 'SELECT'), row_security_active(c.oid)
            FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_roles o ON o.oid = c.relowner
            ORDER BY n.nspname, c.relname
            """;

    static RelationFacts read(ResultSet rows) throws SQLException {
        return new RelationFacts(
                (int) rows.getLong(1),
                (int) rows.getLong(2),
                new TableId(rows.getString(3), rows.getString(4)),
                rows.getString(5).charAt(0),
                rows.getString(6).charAt(0),
                rows.getString(7).charAt(0),
                rows.getBoolean(8),
                rows.getBoolean(9),
                rows.getString(10),
                rows.getString(11),
                rows.getBoolean(12),
                rows.getBoolean(13),
                rows.getBoolean(14),
                rows.getBoolean(15),
                rows.getBoolean(16));
    }

    /** Whether it is a selected table and not a partition of one. */
    boolean selected() {
        return root == oid;
    }

    /** Whether it holds rows whose changes the log tells. */
    boolean holdsRows() {
        return kind == 'r';
    }
}
