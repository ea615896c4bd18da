package dev.leat.settings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast one phase may go; null means as fast as it can.
 *
 * @param queriesPerSecond queries to the source; only for the full phase
 * @param rowsPerSecond rows or changes
 * @param megabytesPerSecond millions of bytes of record keys and values, before compression
 */
public record Limits(
        @Nullable Double queriesPerSecond,
        @Nullable Integer rowsPerSecond,
        @Nullable Double megabytesPerSecond) {

    /** As fast as it can. */
    public static final Limits NONE = new Limits(null, null, null);

    /** The limits in words, for people. */
    public String text() {
        List<String> parts = new ArrayList<>();
        add(parts, queriesPerSecond, "queries/s");
        add(parts, rowsPerSecond, "rows/s");
        add(parts, megabytesPerSecond, "MB/s");
        return parts.isEmpty() ? "without limit" : String.join(" and ", parts);
    }

    private static void add(List<String> parts, @Nullable Number limit, String unit) {
        if (limit != null) {
            parts.add(limit + " " + unit);
        }
    }
}
