package dev.leat.shape.dts;

/** A script cannot be read or translated: where, why, and what to write instead. */
final class ScriptError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int offset;
    private final String remedy;

    ScriptError(int offset, String message, String remedy) {
        super(message, null, false, false);
        this.offset = offset;
        this.remedy = remedy;
    }

    int offset() {
        return offset;
    }

    String remedy() {
        return remedy;
    }

    /** What is wrong. */
    String what() {
        return String.valueOf(getMessage());
    }
}
