package dev.leat.settings;

/** What happens to a task when the source keeps as much WAL for its slot as it may. */
public enum AtWalBudget {
    /** It is told, and the task goes on. */
    ALERT,
    /** The task pauses. That frees no WAL: only delivering, or dropping the slot, does. */
    PAUSE,
    /** The slot is dropped, which frees the WAL at once; the task fails, and has to copy all tables again. */
    DROP_SLOT
}
