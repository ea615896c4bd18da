package dev.leat.security;

/** A change of users or tokens that cannot be: which field, what is wrong, what to do. */
public final class AccountRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String message;
    private final String remedy;

    AccountRefused(String field, String message, String remedy) {
        super(field + ": " + message);
        this.field = field;
        this.message = message;
        this.remedy = remedy;
    }

    /** Name of the field that is wrong. */
    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String problem() {
        return message;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
