package dev.leat.alert;

/** What a rule says of a task at one look. */
sealed interface Verdict {

    /** Nothing speaks for a change: an open alert stays open, and none opens. */
    Verdict UNDECIDED = new Undecided();

    /** It calls for a person. */
    record Holds(String message, String remedy) implements Verdict {}

    /** It does not, and why. */
    record Over(String why) implements Verdict {}

    /** Between the two, or not to be known here. */
    record Undecided() implements Verdict {}
}
