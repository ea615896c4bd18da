package dev.leat.task;

/** A task has no table of a name. */
public final class TableNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    TableNotFound(String task, String table) {
        super("Task '" + task + "' has no table " + table + ".");
    }

    /** Object and what is the matter with it; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
