package dev.leat.api;

/** What a REST call names does not exist. */
final class NoSuchThing extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String message;
    private final String remedy;

    NoSuchThing(String message, String remedy) {
        super(message);
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
