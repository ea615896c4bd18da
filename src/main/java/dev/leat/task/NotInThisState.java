package dev.leat.task;

/** An operation makes no sense in the state that a task is in. */
public final class NotInThisState extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String state;

    /** The operation, the task's name and its state. */
    public NotInThisState(String operation, String task, TaskState state) {
        super("Cannot " + operation + " task '" + task + "' in state " + state.label() + ".");
        this.state = state.label();
    }

    /** The state the task is in. */
    public String state() {
        return state;
    }

    /** Object and what is the matter with it; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
