package dev.leat.shape.etl;

/** An expression cannot be worked out. The message says what happened and never repeats a value; it has no stack. */
final class RowError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int offset;

    RowError(String message) {
        this(message, -1);
    }

    private RowError(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Where in the expression, in code points; -1 while that is not known. */
    int offset() {
        return offset;
    }

    /** The same at a place in the expression, unless the place is known already. */
    RowError at(int place) {
        return offset >= 0 ? this : new RowError(what(), place);
    }

    /** What happened. */
    String what() {
        return String.valueOf(getMessage());
    }
}
