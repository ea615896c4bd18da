package dev.leat.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record format and its options, under the names that users of the format know. */
public record FormatSettings(FormatKind kind, Map<String, String> options) {

    /** Fills in the defaults: Canal JSON without options. */
    public FormatSettings(@Nullable FormatKind kind, @Nullable Map<String, String> options) {
        this.kind = kind == null ? FormatKind.CANAL_JSON : kind;
        this.options = options == null ? Map.of() : Map.copyOf(options);
    }

    /** An option's value, or its default. */
    public String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /** Whether a yes-or-no option is on. */
    public boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(option(name, Boolean.toString(otherwise)));
    }
}
