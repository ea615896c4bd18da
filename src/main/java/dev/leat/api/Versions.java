package dev.leat.api;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Violation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as {@code ETag} and {@code If-Match} carry them. */
final class Versions {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"?(\\d{1,18})\"?");

    private Versions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that an edit was made from; null when any will do.
     *
     * @throws InvalidSettings when it is no tag of ours
     */
    static @Nullable Long parse(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            return null;
        }
        Matcher matcher = TAG.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw new InvalidSettings(List.of(new Violation(
                    "If-Match", "This is no version of Leat's.", "Send the ETag of the answer that you read.")));
        }
        return Long.valueOf(matcher.group(1));
    }
}
