package dev.leat.change;

import java.util.Comparator;

/** The name of a table: schema and table as the catalog spells them, unquoted. */
public record TableId(String schema, String table) implements Comparable<TableId> {

    private static final Comparator<TableId> ORDER =
            Comparator.comparing(TableId::schema).thenComparing(TableId::table);

    /** The name as SQL needs it, both parts quoted. */
    public String quoted() {
        return quote(schema) + "." + quote(table);
    }

    /** An identifier in double quotes, for SQL. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(TableId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
