package dev.leat.precheck;

/**
 * One thing that stands in a task's way.
 *
 * @param severity how bad it is
 * @param place the object it is about, such as {@code public.orders} or a topic
 * @param message what was found there
 * @param remedy what to do about it, as SQL or a command to copy where there is one
 */
public record Finding(Severity severity, String place, String message, String remedy) {

    /** How bad a finding is. */
    public enum Severity {
        /** The task would run, but perhaps not as its user expects; may be ignored. */
        ALERT,
        /** The task would fail, or do harm. */
        ERROR
    }

    static Finding alert(String place, String message, String remedy) {
        return new Finding(Severity.ALERT, place, message, remedy);
    }

    static Finding error(String place, String message, String remedy) {
        return new Finding(Severity.ERROR, place, message, remedy);
    }
}
