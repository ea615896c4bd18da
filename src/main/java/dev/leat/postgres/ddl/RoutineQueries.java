package dev.leat.postgres.ddl;

/** The queries that render functions, procedures, aggregates and operators. */
final class RoutineQueries {

    private RoutineQueries() {}

    static final String FUNCTIONS = """
            SELECT p.oid, n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                   pg_get_functiondef(p.oid)
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind <> 'a' AND %s
            """;

    static final String AGGREGATES = """
            SELECT p.oid, n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                   'CREATE AGGREGATE ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '('
                     || CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END || ') ('
                     || concat_ws(', ',
                          'SFUNC = ' || a.aggtransfn, 'STYPE = ' || format_type(a.aggtranstype, NULL),
                          'SSPACE = ' || nullif(a.aggtransspace, 0),
                          'FINALFUNC = ' || nullif(a.aggfinalfn::text, '-'),
                          CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
                          'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY'
                                                                         WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END,
                          'COMBINEFUNC = ' || nullif(a.aggcombinefn::text, '-'),
                          'SERIALFUNC = ' || nullif(a.aggserialfn::text, '-'),
                          'DESERIALFUNC = ' || nullif(a.aggdeserialfn::text, '-'),
                          'INITCOND = ' || quote_literal(a.agginitval),
                          'MSFUNC = ' || nullif(a.aggmtransfn::text, '-'),
                          'MINVFUNC = ' || nullif(a.aggminvtransfn::text, '-'),
                          CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(a.aggmtranstype, NULL) END,
                          'MSSPACE = ' || nullif(a.aggmtransspace, 0),
                          'MFINALFUNC = ' || nullif(a.aggmfinalfn::text, '-'),
                          CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
                          CASE WHEN a.aggmtranstype <> 0
                               THEN 'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY'
                                                                WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
                          'MINITCOND = ' || quote_literal(a.aggminitval),
                          (SELECT 'SORTOP = OPERATOR(' || quote_ident(son.nspname) || '.' || so.oprname || ')'
                           FROM pg_operator so JOIN pg_namespace son ON son.oid = so.oprnamespace WHERE so.oid = a.aggsortop),
                          'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED'
                                                              ELSE 'UNSAFE' END,
                          CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END) || ')'
            FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE %s
            """;

    /** The first of two operators that name each other makes a shell of the second, which its own statement fills. */
    static final String OPERATORS = """
            SELECT o.oid, n.nspname,
                   o.oprname || '(' || CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END || ','
                             || CASE o.oprright WHEN 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END || ')',
                   'CREATE OPERATOR ' || quote_ident(n.nspname) || '.' || o.oprname || ' ('
                     || concat_ws(', ', 'FUNCTION = ' || o.oprcode,
                          CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || format_type(o.oprleft, NULL) END,
                          CASE WHEN o.oprright <> 0 THEN 'RIGHTARG = ' || format_type(o.oprright, NULL) END,
                          (SELECT 'COMMUTATOR = OPERATOR(' || quote_ident(cn.nspname) || '.' || co.oprname || ')'
                           FROM pg_operator co JOIN pg_namespace cn ON cn.oid = co.oprnamespace WHERE co.oid = o.oprcom),
                          (SELECT 'NEGATOR = OPERATOR(' || quote_ident(nn.nspname) || '.' || ne.oprname || ')'
                           FROM pg_operator ne JOIN pg_namespace nn ON nn.oid = ne.oprnamespace WHERE ne.oid = o.oprnegate),
                          'RESTRICT = ' || nullif(o.oprrest::text, '-'), 'JOIN = ' || nullif(o.oprjoin::text, '-'),
                          CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END) || ')'
            FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE o.oprcode::oid <> 0 AND %s
            """;
}
