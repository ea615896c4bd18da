package dev.leat.kafka.format;

import dev.leat.change.Table;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Remembers for which columns a record does not hold the value, because the log did not. */
final class UnavailableColumns {

    private final Table table;
    private final boolean[] missing;
    private boolean any;

    UnavailableColumns(Table table) {
        this.table = table;
        this.missing = new boolean[table.columns().size()];
    }

    /** The record lacks this column's value. */
    void mark(int column) {
        missing[column] = true;
        any = true;
    }

    /** Names of the columns marked since the last call, separated by commas; one in a name has a backslash before it. Null when there are none. */
    byte @Nullable [] take() {
        if (!any) {
            return null;
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < missing.length; i++) {
            if (missing[i]) {
                names.append(names.isEmpty() ? "" : ",")
                        .append(escaped(table.columns().get(i).name()));
                missing[i] = false;
            }
        }
        any = false;
        return names.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace(",", "\\,");
    }
}
