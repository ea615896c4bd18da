package dev.leat.settings;

/** What happens to a record over the limit. */
public enum TooLarge {
    STOP,
    DEAD_LETTER,
    TRUNCATE,
    KEY_ONLY
}
