package dev.leat.console.form;

/**
 * A field of a form.
 *
 * @param path where its value is in the JSON, such as {@code retry.otherMinutes}; also its name in the form
 * @param kind what it holds
 */
public record Field(String path, Kind kind) {

    /** The same field within a group. */
    public Field in(String group) {
        return new Field(group + "." + path, kind);
    }

    /** What a field holds; all but sets are left out of the JSON when they are blank. */
    public enum Kind {
        TEXT,
        /** As it was typed, blanks included; never shown again. */
        SECRET,
        WHOLE_NUMBER,
        NUMBER,
        /** A box that is ticked or not. */
        FLAG,
        /** Several boxes of one name. */
        SET
    }

    public static Field text(String path) {
        return new Field(path, Kind.TEXT);
    }

    public static Field secret(String path) {
        return new Field(path, Kind.SECRET);
    }

    public static Field whole(String path) {
        return new Field(path, Kind.WHOLE_NUMBER);
    }

    public static Field number(String path) {
        return new Field(path, Kind.NUMBER);
    }

    public static Field flag(String path) {
        return new Field(path, Kind.FLAG);
    }

    public static Field set(String path) {
        return new Field(path, Kind.SET);
    }
}
