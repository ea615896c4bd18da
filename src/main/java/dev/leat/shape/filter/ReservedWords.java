package dev.leat.shape.filter;

import java.util.Set;

/**
 * Words that PostgreSQL does not take for a column unless they stand in double quotes, such as {@code user}, which
 * means the current role. Source: PostgreSQL's manual, "SQL Key Words": reserved, and reserved as function or type.
 */
final class ReservedWords {

    private static final Set<String> ALL = Set.of(("""
            all analyse analyze and any array as asc asymmetric authorization between binary both case cast check
            collate collation column concurrently constraint create cross current_catalog current_date current_role
            current_schema current_time current_timestamp current_user default deferrable desc distinct do else end
            except exists false fetch for foreign freeze from full grant group having ilike in initially inner intersect
            into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset
            on only or order outer overlaps placing primary references returning right row select session_user similar
            some symmetric system_user table tablesample then to trailing true union unique user using variadic verbose
            when where window with""").split("\\s+"));

    private ReservedWords() {}

    static boolean contains(String word) {
        return ALL.contains(word);
    }
}
