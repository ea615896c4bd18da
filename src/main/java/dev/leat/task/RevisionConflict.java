package dev.leat.task;

/** Somebody else has changed a task's definition in the meantime. */
public final class RevisionConflict extends RuntimeException {

    private static final long serialVersionUID = 1;

    RevisionConflict(String task, long expected, int actual) {
        super("Task '" + task + "' is at revision " + actual + ", the change was made from revision " + expected
                + ". Read it again and repeat the change.");
    }

    /** Object and what is the matter with it; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
