package dev.leat.console;

import dev.leat.change.TableId;
import dev.leat.settings.ObjectRule;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A database, schema or table in the value of a button or box.
 *
 * @param schema null for the whole database
 * @param table null for a whole schema
 */
record ObjectKey(@Nullable String schema, @Nullable String table) {

    private static final String SEPARATOR = "/";

    static ObjectKey of(ObjectRule rule) {
        return new ObjectKey(rule.schema(), rule.table());
    }

    /** Empty for the database, one part for a schema, two for a table. */
    static ObjectKey parse(String text) {
        if (text.isEmpty()) {
            return new ObjectKey(null, null);
        }
        String[] parts = text.split(SEPARATOR, 2);
        return new ObjectKey(decoded(parts[0]), parts.length == 1 ? null : decoded(parts[1]));
    }

    String text() {
        if (schema == null) {
            return "";
        }
        return table == null ? encoded(schema) : encoded(schema) + SEPARATOR + encoded(table);
    }

    ObjectRule rule() {
        return new ObjectRule(schema, table, null, null, null, null, null, null);
    }

    /** The table; only where one is named. */
    TableId tableId() {
        return new TableId(String.valueOf(schema), String.valueOf(table));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }
}
