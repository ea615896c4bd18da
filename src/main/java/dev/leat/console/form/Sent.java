package dev.leat.console.form;

import java.util.List;
import java.util.Map;

/** The parameters that a browser sent. */
public record Sent(Map<String, String[]> parameters) {

    /** The first value of a field, without blanks around it; empty when there is none. */
    public String text(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? "" : values[0].strip();
    }

    /** The first value as it was typed, with the line ends of this world. */
    public String area(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? "" : values[0].replace("\r\n", "\n");
    }

    /** All values of a field. */
    public List<String> all(String name) {
        String[] values = parameters.get(name);
        return values == null ? List.of() : List.of(values);
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }
}
