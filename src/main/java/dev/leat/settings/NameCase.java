package dev.leat.settings;

import java.util.Locale;

/** Capitalization of the names inside records; names that the user gave win. */
public enum NameCase {
    DEFAULT,
    SOURCE,
    UPPER,
    LOWER;

    /** The name in this case. */
    public String apply(String name) {
        return switch (this) {
            case DEFAULT, SOURCE -> name;
            case UPPER -> name.toUpperCase(Locale.ROOT);
            case LOWER -> name.toLowerCase(Locale.ROOT);
        };
    }
}
