package dev.leat.connection;

import org.jspecify.annotations.Nullable;

/** A step of a connectivity test went wrong: what was found, and what to do. */
final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String message;
    private final String remedy;

    StepFailed(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
        this.remedy = remedy;
    }

    @Override
    public String getMessage() {
        return message;
    }

    String remedy() {
        return remedy;
    }
}
