package dev.leat.settings;

/** Whether one bad table stops the task. */
public enum OnTableFailure {
    STOP,
    SET_ASIDE
}
