package dev.leat.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next the {@code cursor} of the next part; null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;

    /** A list that is never cut. */
    static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    /**
     * Cuts a list that was asked for with one item more than wanted.
     *
     * @param limit how many are wanted
     * @param cursor of the item after which the next part begins
     */
    static <T> Page<T> cut(List<T> items, int limit, Function<T, String> cursor) {
        return items.size() <= limit
                ? whole(items)
                : new Page<>(List.copyOf(items.subList(0, limit)), cursor.apply(items.get(limit - 1)));
    }

    /** A limit within bounds. */
    static int limit(@Nullable Integer asked) {
        return asked == null ? DEFAULT_LIMIT : Math.clamp(asked, 1, MAX_LIMIT);
    }
}
