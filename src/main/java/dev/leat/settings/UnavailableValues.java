package dev.leat.settings;

/** What stands for a large value that an update left unchanged, where the log does not hold it. */
public enum UnavailableValues {
    /** A text that says so, or null where the column's type has no room for one. */
    PLACEHOLDER,
    /** Nothing: the column is left out. */
    OMIT,
    /** The value that the source holds when the change is sent; as {@link #PLACEHOLDER} where the row is gone. */
    RESELECT
}
