package dev.leat.task;

/** A task is not any more what a change of its definition was made from. */
public final class RevisionConflict extends RuntimeException {

    private static final long serialVersionUID = 1;

    RevisionConflict(String task, long expected, int actual) {
        super("Task '" + task + "' is at revision " + actual + ", the change was made from revision " + expected
                + ". Read it again and repeat the change.");
    }

    /** It was started, or got its position, while the change was looked at. */
    RevisionConflict(String task) {
        super("Task '" + task + "' has gone on while the change was looked at. Repeat the change.");
    }

    /** Object and what is the matter with it; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
