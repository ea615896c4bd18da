package dev.leat.failure;

import org.jspecify.annotations.Nullable;

/** Work stopped: what kind of failure, on which object, what happened, and what to do about it. */
public final class SyncException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final FailureKind kind;
    private final String remedy;

    /** A failure whose kind knows the remedy. */
    public SyncException(FailureKind kind, String message) {
        this(kind, message, kind.remedy(), null);
    }

    /** A failure with a cause, whose kind knows the remedy. */
    public SyncException(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, kind.remedy(), cause);
    }

    /** A failure with a remedy of its own. */
    public SyncException(FailureKind kind, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.remedy = remedy;
    }

    /** What went wrong. */
    public FailureKind kind() {
        return kind;
    }

    /** What the user can do. */
    public String remedy() {
        return remedy;
    }

    /** The message; never null, unlike that of a plain exception. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? kind.name() : message;
    }
}
