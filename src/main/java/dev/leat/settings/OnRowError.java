package dev.leat.settings;

/** What becomes of a row that an ETL expression cannot work on. */
public enum OnRowError {
    /** The task stops and says why. */
    STOP,
    /** The row's table is set aside, the others go on. */
    SET_ASIDE,
    /** The change goes to a topic of its own, the table goes on. */
    DEAD_LETTER
}
