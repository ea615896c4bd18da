package dev.leat.task;

import java.util.UUID;

/** There is no task with an id. */
public final class TaskNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The id that was asked for. */
    public TaskNotFound(UUID id) {
        super("Task " + id + ": does not exist.");
    }

    /** Object and what is the matter with it; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
