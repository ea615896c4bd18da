package dev.leat.failure;

/** What went wrong, in groups that share the answer to "try again?" and "what can the user do?". */
public enum FailureKind {
    SOURCE_UNREACHABLE(
            Retry.WITHIN_CONNECTION_WINDOW, "Check that the source is up and reachable at its host and port."),
    SOURCE_AUTHENTICATION(
            Retry.MANUAL, "Correct the user, password or pg_hba.conf entry, then start or resume the task."),
    SOURCE_PRIVILEGE(Retry.MANUAL, "Grant the missing right to the connection's user, then start or resume the task."),
    SOURCE_CONFIGURATION(Retry.MANUAL, "Change the server's setting as said, then start or resume the task."),
    SOURCE_OBJECT_MISSING(Retry.MANUAL, "Restore the object or take it out of the task, then start or resume."),
    SOURCE_SCHEMA_CHANGED(
            Retry.MANUAL,
            "Resume the task, which copies the table anew as it is now; or restart it from the full phase, to copy all."),
    SOURCE_SLOT_BUSY(Retry.WITHIN_OTHER_WINDOW, "End the other consumer of the replication slot."),
    SOURCE_WAL_LIMIT(
            Retry.MANUAL,
            "Resume the task, so that it delivers and the source can free WAL; or release or restart it."),
    SOURCE_SLOT_LOST(Retry.MANUAL, "Changes may be missing: restart the task from the full phase."),
    SOURCE_PROTOCOL(Retry.MANUAL, "Report this with the log: the source sent what Leat cannot read."),
    SOURCE_OTHER(Retry.WITHIN_OTHER_WINDOW, "Look into the source's own log for the cause."),
    DESTINATION_UNREACHABLE(
            Retry.WITHIN_CONNECTION_WINDOW,
            "Check that the brokers are up and reachable at their advertised addresses."),
    DESTINATION_AUTHENTICATION(Retry.MANUAL, "Correct the Kafka user or password, then start or resume the task."),
    DESTINATION_PRIVILEGE(Retry.MANUAL, "Grant the Kafka user the missing right (ACL), then start or resume the task."),
    DESTINATION_TOPIC_MISSING(
            Retry.MANUAL, "Create the topic, or let the connection create topics, then start or resume."),
    DESTINATION_OTHER(Retry.WITHIN_OTHER_WINDOW, "Look into the brokers' log for the cause."),
    REGISTRY_UNREACHABLE(
            Retry.WITHIN_CONNECTION_WINDOW, "Check that the schema registry is up and reachable at its address."),
    REGISTRY_AUTHENTICATION(
            Retry.MANUAL, "Correct the schema registry's user or password, then start or resume the task."),
    REGISTRY_REFUSED(
            Retry.MANUAL, "Make the schema acceptable to the registry as said, then start or resume the task."),
    RECORD_TOO_LARGE(
            Retry.MANUAL,
            "Leave the large column out of the task's objects, raise the topic's max.message.bytes, or have such records"
                    + " set aside or shortened (kafka.tooLarge)."),
    TEMPORARY_STORAGE(
            Retry.WITHIN_OTHER_WINDOW,
            "Make room in that directory, or give the service another one with -Djava.io.tmpdir."),
    METADATA_UNAVAILABLE(Retry.WITHIN_CONNECTION_WINDOW, "Check Leat's own metadata database."),
    FENCED(Retry.NEVER, "Nothing: another node runs this task now."),
    SETTINGS(Retry.MANUAL, "Correct the task's settings, then start or resume it."),
    UNKNOWN(Retry.MANUAL, "Look into Leat's log, then start or resume the task.");

    /** Whether and for how long the worker tries again. */
    public enum Retry {
        WITHIN_CONNECTION_WINDOW,
        WITHIN_OTHER_WINDOW,
        MANUAL,
        NEVER
    }

    private final Retry retry;
    private final String remedy;

    FailureKind(Retry retry, String remedy) {
        this.retry = retry;
        this.remedy = remedy;
    }

    /** Whether and for how long the worker tries again. */
    public Retry retry() {
        return retry;
    }

    /** Whether it is about one table alone, so that others may go on without it. */
    public boolean concernsOneTable() {
        return switch (this) {
            case SOURCE_PRIVILEGE,
                    SOURCE_OBJECT_MISSING,
                    SOURCE_SCHEMA_CHANGED,
                    REGISTRY_REFUSED,
                    RECORD_TOO_LARGE,
                    SETTINGS -> true;
            case SOURCE_UNREACHABLE,
                    SOURCE_AUTHENTICATION,
                    SOURCE_CONFIGURATION,
                    SOURCE_SLOT_BUSY,
                    SOURCE_WAL_LIMIT,
                    SOURCE_SLOT_LOST,
                    SOURCE_PROTOCOL,
                    SOURCE_OTHER,
                    DESTINATION_UNREACHABLE,
                    DESTINATION_AUTHENTICATION,
                    DESTINATION_PRIVILEGE,
                    DESTINATION_TOPIC_MISSING,
                    DESTINATION_OTHER,
                    REGISTRY_UNREACHABLE,
                    REGISTRY_AUTHENTICATION,
                    TEMPORARY_STORAGE,
                    METADATA_UNAVAILABLE,
                    FENCED,
                    UNKNOWN -> false;
        };
    }

    /** Whether it may be about one topic, which the next run finds out before it sends anything. */
    public boolean mayConcernOneTopic() {
        return this == DESTINATION_PRIVILEGE || this == DESTINATION_TOPIC_MISSING || this == RECORD_TOO_LARGE;
    }

    /** What the user can do, where the failure itself says nothing better. */
    public String remedy() {
        return remedy;
    }
}
