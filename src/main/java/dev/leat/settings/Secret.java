package dev.leat.settings;

/** A password or key that never shows itself in text. */
public record Secret(String value) {

    /** What is shown in place of any secret, and what a client sends back to leave it unchanged. */
    public static final String MASK = "***";

    /** No secret at all. */
    public static final Secret NONE = new Secret("");

    /** Whether there is none. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : MASK;
    }
}
