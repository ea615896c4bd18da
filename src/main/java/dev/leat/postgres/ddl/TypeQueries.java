package dev.leat.postgres.ddl;

/** The queries that render types and collations. */
final class TypeQueries {

    private TypeQueries() {}

    private static final String NAMED = """
            SELECT t.oid, n.nspname, t.typname,
                   'CREATE %s ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname)
            """;

    private static final String FROM = " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace ";

    static final String ENUMS = NAMED.formatted("TYPE") + """
              || ' AS ENUM (' || coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                                           FROM pg_enum e WHERE e.enumtypid = t.oid), '') || ')'
            """ + FROM + " WHERE t.typtype = 'e' AND %s";

    static final String COMPOSITES = NAMED.formatted("TYPE") + """
              || ' AS (' || coalesce((
                   SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                            || CASE WHEN a.attcollation <> at.typcollation
                                    THEN ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                                    ELSE '' END, ', ' ORDER BY a.attnum)
                   FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
                   LEFT JOIN pg_collation co ON co.oid = a.attcollation
                   LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
                   WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
            """ + FROM
            + " JOIN pg_class r ON r.oid = t.typrelid AND r.relkind = 'c' WHERE %s";

    /** A range with a canonical function is left out: that function needs the type before it exists. */
    static final String RANGES = NAMED.formatted("TYPE") + """
              || ' AS RANGE (SUBTYPE = ' || format_type(r.rngsubtype, NULL)
              || CASE WHEN o.opcdefault THEN ''
                      ELSE ', SUBTYPE_OPCLASS = ' || quote_ident(opn.nspname) || '.' || quote_ident(o.opcname) END
              || CASE WHEN r.rngcollation <> st.typcollation
                      THEN ', COLLATION = ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname) ELSE '' END
              || CASE WHEN r.rngsubdiff::oid <> 0 THEN ', SUBTYPE_DIFF = ' || r.rngsubdiff::text ELSE '' END
              || coalesce(', MULTIRANGE_TYPE_NAME = '
                          || format_type((to_jsonb(r) ->> 'rngmultitypid')::oid, NULL), '') || ')'
            """ + FROM + """
             JOIN pg_range r ON r.rngtypid = t.oid JOIN pg_type st ON st.oid = r.rngsubtype
             JOIN pg_opclass o ON o.oid = r.rngsubopc JOIN pg_namespace opn ON opn.oid = o.opcnamespace
             LEFT JOIN pg_collation co ON co.oid = r.rngcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            WHERE r.rngcanonical::oid = 0 AND %s
            """;

    /** From 18 on a domain's NOT NULL has a name. */
    static final String DOMAINS = NAMED.formatted("DOMAIN") + """
              || ' AS ' || format_type(t.typbasetype, t.typtypmod)
              || CASE WHEN t.typcollation <> b.typcollation
                      THEN ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname) ELSE '' END
              || coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '')
              || CASE WHEN NOT t.typnotnull THEN ''
                      ELSE coalesce((SELECT ' CONSTRAINT ' || quote_ident(k.conname) FROM pg_constraint k
                                     WHERE k.contypid = t.oid AND k.contype = 'n'), '') || ' NOT NULL' END
              || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' '
                                             || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
                           FROM pg_constraint k
                           WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated), '')
            """ + FROM + """
             JOIN pg_type b ON b.oid = t.typbasetype LEFT JOIN pg_collation co ON co.oid = t.typcollation
             LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            WHERE t.typtype = 'd' AND %s
            """;

    /** Columns that only some versions have are read through JSON. */
    static final String COLLATIONS = """
            SELECT c.oid, n.nspname, c.collname,
                   'CREATE COLLATION ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname) || ' (PROVIDER = '
                     || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END
                     || CASE c.collprovider
                          WHEN 'c' THEN ', LC_COLLATE = ' || quote_literal(c.collcollate)
                                        || ', LC_CTYPE = ' || quote_literal(c.collctype)
                          ELSE ', LOCALE = ' || quote_literal(coalesce(j.row ->> 'colllocale', j.row ->> 'colliculocale',
                                                                       j.row ->> 'collcollate')) END
                     || CASE WHEN c.collisdeterministic THEN '' ELSE ', DETERMINISTIC = false' END
                     || coalesce(', RULES = ' || quote_literal(j.row ->> 'collicurules'), '') || ')'
            FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace, LATERAL (SELECT to_jsonb(c) AS row) j
            WHERE %s
            """;
}
