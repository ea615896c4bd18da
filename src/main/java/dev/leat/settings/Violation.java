package dev.leat.settings;

/**
 * One thing that is wrong with what the user sent.
 *
 * @param field path of the field, such as {@code objects.include[1].table}
 * @param message what is wrong with it
 * @param remedy what to write instead
 */
public record Violation(String field, String message, String remedy) {}
