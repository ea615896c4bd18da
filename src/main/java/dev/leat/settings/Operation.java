package dev.leat.settings;

/** SQL operations that a task may carry. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
}
