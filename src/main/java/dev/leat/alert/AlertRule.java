package dev.leat.alert;

/** What an alert is about; a task has at most one open alert of each. */
public enum AlertRule {
    /** The task stopped by itself. */
    FAILURE("ERROR"),
    /** The destination is too far behind the source. */
    DELAY("WARN"),
    /** The full phase takes too long. */
    FULL_PHASE("WARN"),
    /** The source keeps too much WAL for the task. */
    WAL_HELD("WARN");

    private final String severity;

    AlertRule(String severity) {
        this.severity = severity;
    }

    /** How bad it is, in the event log's words. */
    public String severity() {
        return severity;
    }
}
