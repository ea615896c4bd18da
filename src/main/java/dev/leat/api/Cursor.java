package dev.leat.api;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the next part of a list begins, as a text that clients hand back without reading it. */
final class Cursor {

    private static final String SEPARATOR = "\0";

    private Cursor() {}

    static String of(String... keys) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The keys of a cursor; as many empty ones when there is none.
     *
     * @throws InvalidSettings when it is none of ours
     */
    static List<String> keys(@Nullable String cursor, int count) {
        if (cursor == null || cursor.isEmpty()) {
            return java.util.Collections.nCopies(count, "");
        }
        List<String> keys;
        try {
            keys = List.of(
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1));
        } catch (IllegalArgumentException e) {
            keys = List.of();
        }
        if (keys.size() != count) {
            throw notOurs();
        }
        return keys;
    }

    /** The number below which a list that goes down goes on; above all numbers when there is no cursor. */
    static long number(@Nullable String cursor) {
        String key = keys(cursor, 1).getFirst();
        try {
            return key.isEmpty() ? Long.MAX_VALUE : Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw notOurs();
        }
    }

    static InvalidSettings notOurs() {
        return new InvalidSettings(List.of(new Violation(
                "cursor", "This is no cursor of this list.", "Use 'next' of the part before, or leave it out.")));
    }
}
