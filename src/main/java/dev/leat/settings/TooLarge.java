package dev.leat.settings;

/** What happens to a change one of whose records is over the limit. */
public enum TooLarge {
    /** The task stops until a person acts. */
    STOP,
    /** A small record goes to the topic of dead letters in its place. */
    DEAD_LETTER,
    /** Its largest text and binary values are cut until it fits; if that does not do, the task stops. */
    TRUNCATE,
    /** Only the values of its key are sent; without a key, the task stops. */
    KEY_ONLY
}
