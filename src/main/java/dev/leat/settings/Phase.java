package dev.leat.settings;

/** The phases of a task, in the order in which they run. */
public enum Phase {
    SCHEMA,
    FULL,
    INCREMENTAL
}
