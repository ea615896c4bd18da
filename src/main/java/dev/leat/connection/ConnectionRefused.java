package dev.leat.connection;

/** A connection cannot be found, made, changed or removed as asked. */
public final class ConnectionRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        NOT_FOUND,
        EXISTS,
        IN_USE,
        OTHER_SOURCE,
        CHANGED_MEANWHILE
    }

    private final Reason reason;
    private final String message;
    private final String remedy;

    ConnectionRefused(Reason reason, String message, String remedy) {
        super(message);
        this.reason = reason;
        this.message = message;
        this.remedy = remedy;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The connection and what is the matter with it. */
    @Override
    public String getMessage() {
        return message;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }

    static ConnectionRefused notFound(String name) {
        return new ConnectionRefused(
                Reason.NOT_FOUND, "Connection '" + name + "' does not exist.", "Name a registered connection.");
    }

    static ConnectionRefused exists(String name) {
        return new ConnectionRefused(
                Reason.EXISTS, "Connection '" + name + "' exists.", "Choose another name, or change that one.");
    }

    static ConnectionRefused changedMeanwhile(String name) {
        return new ConnectionRefused(
                Reason.CHANGED_MEANWHILE,
                "Connection '" + name + "' was changed by someone else.",
                "Read it again, then make your change.");
    }

    static ConnectionRefused otherSource(String name, String what, String users) {
        return new ConnectionRefused(
                Reason.OTHER_SOURCE,
                "Connection '" + name + "' " + what + ", where the position of " + users + " means nothing.",
                "Register the other source as a connection of its own, and make tasks for it; or release those tasks"
                        + " first.");
    }

    static ConnectionRefused inUse(String name, String users) {
        return new ConnectionRefused(
                Reason.IN_USE,
                "Connection '" + name + "' is used by " + users + ".",
                "Release the tasks, or let them use another connection, then remove it.");
    }
}
