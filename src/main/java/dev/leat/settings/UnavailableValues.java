package dev.leat.settings;

/** What stands for a large value that an update left unchanged, where the log does not hold it. */
public enum UnavailableValues {
    PLACEHOLDER,
    OMIT,
    RESELECT
}
