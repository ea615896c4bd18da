package dev.leat.postgres;

import dev.leat.fixture.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a database's catalog says, object by object and without numbers, so that two databases can be compared. */
final class CatalogImage {

    private static final String USERS = "left(%1$s.nspname, 3) <> 'pg_' AND %1$s.nspname <> 'information_schema'";
    private static final String N = USERS.formatted("n");

    private static final List<String> QUERIES = List.of(
            // partitions are gone in the copy, their roots are plain
            """
            SELECT 'relation', n.nspname, c.relname, replace(c.relkind::text, 'p', 'r'), c.relpersistence,
                   CASE WHEN c.relkind IN ('v', 'm') THEN c.reloptions::text END,
                   (SELECT string_agg(p.oid::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i
                    JOIN pg_class p ON p.oid = i.inhparent WHERE i.inhrelid = c.oid AND c.relkind = 'r')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT c.relispartition AND %s
            """.formatted(N),
            """
            SELECT 'column', n.nspname, c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname,
                   format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attislocal,
                   (SELECT co.collname FROM pg_collation co WHERE co.oid = a.attcollation), pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'c') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
              AND %s
            """.formatted(N),
            """
            SELECT 'constraint', k.conname, k.contype, k.conrelid::regclass, k.contypid::regtype, pg_get_constraintdef(k.oid),
                   k.convalidated, k.conislocal, k.condeferrable, k.condeferred
            FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace LEFT JOIN pg_class c ON c.oid = k.conrelid
            WHERE k.conparentid = 0 AND NOT coalesce(c.relispartition, false) AND k.contype <> 't' AND %s
            """.formatted(N),
            """
            SELECT 'index', replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '), i.indisprimary, i.indisunique
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT c.relispartition AND %s
            """.formatted(N),
            """
            SELECT 'view', c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('v', 'm') AND %s
            """.formatted(N),
            """
            SELECT 'rule', r.ev_class::regclass, pg_get_ruledef(r.oid) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE %s
            """.formatted(N),
            """
            SELECT 'type', t.oid::regtype, t.typtype, format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
                   (SELECT co.collname FROM pg_collation co WHERE co.oid = t.typcollation),
                   ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)::text,
                   (SELECT (r.rngsubtype::regtype, r.rngsubdiff, r.rngsubopc, r.rngcollation)::text FROM pg_range r
                    WHERE r.rngtypid = t.oid)
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE NOT EXISTS (SELECT FROM pg_class c WHERE c.reltype IN (t.oid, t.typelem) AND c.reltype <> 0
                              AND c.relispartition) AND %s
            """.formatted(N),
            """
            SELECT 'sequence', c.oid::regclass, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
                   s.seqcache, s.seqcycle, d.deptype, d.refobjid::regclass,
                   (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid)
            FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
            """,
            """
            SELECT 'function', p.oid::regprocedure, p.prokind, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
                   pg_get_function_arguments(p.oid), to_jsonb(a) - 'aggfnoid' - 'aggsortop'
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid WHERE a.aggtranstype IS DISTINCT FROM 0 AND %s
            """.formatted(N),
            """
            SELECT 'operator', o.oid::regoperator, o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest,
                   o.oprjoin, o.oprcanhash, o.oprcanmerge
            FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE %s
            """.formatted(N),
            """
            SELECT 'collation', n.nspname, c.collname, c.collprovider, c.collcollate, c.collctype, c.collisdeterministic
            FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE %s
            """.formatted(N),
            """
            SELECT 'comment', i.type, i.identity, d.description
            FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i WHERE d.objoid >= 16384
            """,
            "SELECT 'schema', n.nspname FROM pg_namespace n WHERE " + N,
            "SELECT 'extension', e.extname, e.extnamespace::regnamespace FROM pg_extension e");

    private CatalogImage() {}

    /** One line an object, sorted. */
    static List<String> of(Database database) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection session = database.connect();
                Statement statement = session.createStatement()) {
            statement.execute("SET search_path = pg_catalog");
            for (String query : QUERIES) {
                lines.addAll(read(statement, query));
            }
        }
        return lines.stream().sorted().toList();
    }

    private static List<String> read(Statement statement, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            Object[] values = new Object[rows.getMetaData().getColumnCount()];
            while (rows.next()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = rows.getString(i + 1);
                }
                lines.add(Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(" | ")));
            }
        }
        return lines;
    }
}
