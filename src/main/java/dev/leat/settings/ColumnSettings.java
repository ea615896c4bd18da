package dev.leat.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of a table that get another name in records, and columns that are left out. */
public record ColumnSettings(Map<String, String> rename, List<String> exclude) {

    /** Every column under its own name. */
    public static final ColumnSettings ALL = new ColumnSettings(null, null);

    /** Fills in the defaults. */
    public ColumnSettings(@Nullable Map<String, String> rename, @Nullable List<String> exclude) {
        this.rename = rename == null ? Map.of() : Map.copyOf(rename);
        this.exclude = exclude == null ? List.of() : List.copyOf(exclude);
    }
}
