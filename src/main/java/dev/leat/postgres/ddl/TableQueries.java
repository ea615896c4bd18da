package dev.leat.postgres.ddl;

/** The queries that describe tables and what is attached to them. */
final class TableQueries {

    private TableQueries() {}

    /** Partitions are no tables of their own; what inherits otherwise is. */
    static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relpersistence::text,
                   ARRAY(SELECT i.inhparent::bigint FROM pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND NOT c.relispartition AND %s
            """.formatted(Rendered.USERS);

    /** From 18 on NOT NULL is a constraint with a name; one that is not valid yet is added afterwards. */
    static final String COLUMNS = """
            SELECT a.attrelid, a.attname, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
                     || CASE WHEN a.attcollation <> t.typcollation
                             THEN ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname) ELSE '' END,
                   CASE WHEN NOT a.attnotnull OR NOT coalesce(nn.convalidated, true) THEN ''
                        ELSE CASE WHEN nn.conname = c.relname || '_' || a.attname || '_not_null' OR nn.oid IS NULL THEN ''
                                  ELSE ' CONSTRAINT ' || quote_ident(nn.conname) END
                             || ' NOT NULL' || CASE WHEN nn.connoinherit THEN ' NO INHERIT' ELSE '' END END,
                   CASE a.attidentity WHEN '' THEN '' WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
                   quote_ident(sn.nspname) || '.' || quote_ident(sc.relname),
                   'START WITH ' || s.seqstart || ' INCREMENT BY ' || s.seqincrement || ' MINVALUE ' || s.seqmin
                     || ' MAXVALUE ' || s.seqmax || ' CACHE ' || s.seqcache || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END,
                   a.attgenerated::text, d.oid, pg_get_expr(d.adbin, d.adrelid), a.attislocal, c.relkind::text
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_collation co ON co.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey[1] = a.attnum
            LEFT JOIN pg_depend i ON a.attidentity <> '' AND i.refclassid = 'pg_class'::regclass AND i.refobjid = a.attrelid
              AND i.refobjsubid = a.attnum AND i.deptype = 'i' AND i.classid = 'pg_class'::regclass
            LEFT JOIN pg_sequence s ON s.seqrelid = i.objid LEFT JOIN pg_class sc ON sc.oid = i.objid
            LEFT JOIN pg_namespace sn ON sn.oid = sc.relnamespace
            WHERE (c.relkind IN ('r', 'p') AND NOT c.relispartition OR c.relkind = 'v' AND d.oid IS NOT NULL)
              AND c.relpersistence <> 't' AND %s
            ORDER BY a.attrelid, a.attnum
            """.formatted(Rendered.USERS);

    /** Keys, checks, exclusions, foreign keys of tables, and what domains and columns hold that is not valid yet. */
    static final String CONSTRAINTS = """
            SELECT k.oid, coalesce(nullif(k.conrelid, 0), k.contypid), k.conrelid <> 0, k.conname, quote_ident(k.conname),
                   k.contype::text, pg_get_constraintdef(k.oid), k.convalidated,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, place)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.place)
            FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
            WHERE %s AND (k.conrelid <> 0 AND k.contype IN ('p', 'u', 'c', 'f', 'x') AND (k.conislocal OR k.contype <> 'c')
                          AND k.conparentid = 0
                          OR NOT k.convalidated AND k.contype IN ('n', 'c'))
            ORDER BY k.conrelid, CASE k.contype WHEN 'p' THEN 0 WHEN 'u' THEN 1 ELSE 2 END, k.conname
            """.formatted(Rendered.USERS);

    /** An index of a partitioned root is made ONLY there; the table that takes its place has no partitions. */
    static final String INDEXES = """
            SELECT c.oid, n.nspname, c.relname, i.indrelid,
                   CASE c.relkind WHEN 'I' THEN regexp_replace(pg_get_indexdef(c.oid),
                          '^(CREATE (UNIQUE )?INDEX ("([^"]|"")*"|[^ ]+) ON) ONLY ', E'\\\\1 ')
                        ELSE pg_get_indexdef(c.oid) END
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
            WHERE NOT c.relispartition AND i.indisvalid AND c.relpersistence <> 't' AND k.oid IS NULL AND %s
            """.formatted(Rendered.USERS);

    static final String RULES = """
            SELECT r.oid, n.nspname, r.rulename, r.ev_class, rtrim(pg_get_ruledef(r.oid), E'; \\n')
            FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE r.rulename <> '_RETURN' AND NOT c.relispartition AND %s
            """.formatted(Rendered.USERS);

    static final String SEQUENCE_OWNERS = """
            SELECT c.oid, n.nspname, c.relname, d.refobjid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'
              AND d.refclassid = 'pg_class'::regclass
            JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE c.relkind = 'S' AND %s
            """.formatted(Rendered.USERS);

    static final String COMMENTS = """
            SELECT d.classoid, d.objoid, i.identity,
                   'COMMENT ON ' || CASE WHEN d.objsubid <> 0 THEN 'COLUMN' WHEN k.oid IS NOT NULL THEN 'CONSTRAINT'
                                         ELSE upper(i.type) END || ' '
                     || CASE i.type WHEN 'aggregate' THEN regexp_replace(i.identity, '\\(\\)$', '(*)')
                                    WHEN 'domain constraint'
                                    THEN quote_ident(k.conname) || ' ON DOMAIN ' || format_type(k.contypid, NULL)
                                    ELSE i.identity END
                     || ' IS ' || quote_literal(d.description)
            FROM pg_description d LEFT JOIN pg_constraint k ON k.oid = d.objoid AND d.classoid = 'pg_constraint'::regclass,
              LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
            WHERE d.objoid >= 16384
              AND i.type IN ('schema', 'table', 'table column', 'view', 'view column', 'materialized view',
                             'materialized view column', 'composite type column', 'index', 'sequence', 'type', 'function',
                             'procedure', 'aggregate', 'operator', 'collation', 'rule', 'table constraint',
                             'domain constraint')
            """;
}
