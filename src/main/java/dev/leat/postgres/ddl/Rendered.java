package dev.leat.postgres.ddl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects whose statement the server renders by itself. Each query returns OID, schema, name and the statement; the
 * session's {@code search_path} is {@code pg_catalog}, so that every other name comes out qualified.
 */
record Rendered(ObjectKind kind, long catalog, String query) {

    /** Schemas that are not the server's. */
    static final String USERS = "left(n.nspname, 3) <> 'pg_' AND n.nspname NOT IN ('information_schema', 'gp_toolkit')";

    static final List<Rendered> ALL = List.of(
            new Rendered(ObjectKind.SCHEMA, Address.NAMESPACE, """
                    SELECT n.oid, '', n.nspname, 'CREATE SCHEMA IF NOT EXISTS ' || quote_ident(n.nspname)
                    FROM pg_namespace n WHERE %s
                    """),
            new Rendered(ObjectKind.EXTENSION, Address.EXTENSION, """
                    SELECT e.oid, '', e.extname, 'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(e.extname)
                             || CASE WHEN %s THEN ' WITH SCHEMA ' || quote_ident(n.nspname) ELSE '' END
                    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                    """),
            new Rendered(ObjectKind.COLLATION, Address.COLLATION, TypeQueries.COLLATIONS),
            new Rendered(ObjectKind.TYPE, Address.TYPE, TypeQueries.ENUMS),
            new Rendered(ObjectKind.TYPE, Address.TYPE, TypeQueries.COMPOSITES),
            new Rendered(ObjectKind.TYPE, Address.TYPE, TypeQueries.RANGES),
            new Rendered(ObjectKind.TYPE, Address.TYPE, TypeQueries.DOMAINS),
            new Rendered(ObjectKind.SEQUENCE, Address.CLASS, """
                    SELECT c.oid, n.nspname, c.relname,
                           'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || 'SEQUENCE '
                             || quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                             || ' AS ' || format_type(s.seqtypid, NULL) || ' START WITH ' || s.seqstart
                             || ' INCREMENT BY ' || s.seqincrement || ' MINVALUE ' || s.seqmin || ' MAXVALUE ' || s.seqmax
                             || ' CACHE ' || s.seqcache || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END
                    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relpersistence <> 't' AND %s
                    """),
            new Rendered(ObjectKind.FUNCTION, Address.PROC, RoutineQueries.FUNCTIONS),
            new Rendered(ObjectKind.AGGREGATE, Address.PROC, RoutineQueries.AGGREGATES),
            new Rendered(ObjectKind.OPERATOR, Address.OPERATOR, RoutineQueries.OPERATORS),
            new Rendered(ObjectKind.VIEW, Address.CLASS, """
                    SELECT c.oid, n.nspname, c.relname,
                           'CREATE ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW '
                             || quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                             || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')
                             || E' AS\\n' || rtrim(pg_get_viewdef(c.oid), E'; \\n')
                             || CASE c.relkind WHEN 'm' THEN E'\\nWITH NO DATA' ELSE '' END
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND %s
                    """));

    /** The objects, without those that came with an extension or with another object. */
    List<SchemaObject> read(Connection session, Dependencies dependencies) throws SQLException {
        List<SchemaObject> objects = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query.formatted(USERS))) {
            while (rows.next()) {
                Address address = new Address(catalog, rows.getLong(1));
                String sql = rows.getString(4);
                if (sql != null && !dependencies.comesWithAnother(address)) {
                    objects.add(SchemaObject.of(address, kind, rows.getString(2), rows.getString(3), sql.strip()));
                }
            }
        }
        return objects;
    }
}
