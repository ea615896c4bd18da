package dev.leat.console.form;

import dev.leat.settings.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object as the values of a form's fields; what cannot be a value is remembered as it was typed. */
public final class JsonForm {

    private static final Pattern STEPS = Pattern.compile("\\.|\\[|]\\.?");

    private final ObjectNode root;
    private final Map<String, String> typed = new HashMap<>();

    public JsonForm(ObjectNode root) {
        this.root = root;
    }

    /** The object, with what was read into it. */
    public ObjectNode json() {
        return root;
    }

    /** The value of a field as text; empty when it has none. */
    public String text(String path) {
        String asTyped = typed.get(path);
        if (asTyped != null) {
            return asTyped;
        }
        JsonNode node = at(path);
        return node.isValueNode() && !node.isNull() ? node.asString() : "";
    }

    /** Whether a set holds a value. */
    public boolean has(String path, String value) {
        return list(path).contains(value);
    }

    public boolean isTrue(String path) {
        return at(path).asBoolean(false);
    }

    public List<String> list(String path) {
        List<String> values = new ArrayList<>();
        at(path).forEach(value -> values.add(value.asString()));
        return values;
    }

    /** Id of a field in the page. */
    public String id(String path) {
        return Ids.of(path);
    }

    /** Remembers what was typed in place of a value. */
    public void type(String path, String text) {
        typed.put(path, text);
    }

    /** Reads fields out of what was sent; what cannot be read is told, and the value before stays. */
    public List<Violation> read(List<Field> fields, Sent sent) {
        List<Violation> wrong = new ArrayList<>();
        fields.forEach(field -> read(field, sent, wrong));
        return wrong;
    }

    private void read(Field field, Sent sent, List<Violation> wrong) {
        String path = field.path();
        String text = sent.text(path);
        switch (field.kind()) {
            case TEXT ->
                put(
                        path,
                        text.isEmpty() ? null : root.stringNode(sent.area(path).strip()));
            case SECRET -> put(path, text.isEmpty() ? null : root.stringNode(sent.area(path)));
            case FLAG -> put(path, root.booleanNode(sent.has(path)));
            case SET -> {
                ArrayNode values = root.arrayNode();
                sent.all(path).forEach(values::add);
                put(path, values);
            }
            case WHOLE_NUMBER, NUMBER -> number(field, text, wrong);
        }
    }

    private void number(Field field, String text, List<Violation> wrong) {
        boolean whole = field.kind() == Field.Kind.WHOLE_NUMBER;
        try {
            if (text.isEmpty()) {
                put(field.path(), null);
            } else {
                put(field.path(), whole ? root.numberNode(Integer.parseInt(text)) : root.numberNode(decimal(text)));
            }
        } catch (NumberFormatException e) {
            typed.put(field.path(), text);
            wrong.add(new Violation(
                    field.path(),
                    "'" + text + "' is not a " + (whole ? "whole number." : "number."),
                    whole ? "wrong.whole.remedy" : "wrong.number.remedy"));
        }
    }

    /** Without NaN and infinity, which are no numbers to a person. */
    private static double decimal(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    /** Puts a value at a path, or takes it away. */
    public void put(String path, @Nullable JsonNode value) {
        String[] steps = STEPS.split(path);
        JsonNode parent = root;
        for (int i = 0; i < steps.length - 1; i++) {
            parent = child(parent, steps[i]);
        }
        String last = steps[steps.length - 1];
        if (value == null) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }

    private static JsonNode child(JsonNode parent, String step) {
        if (parent instanceof ArrayNode array) {
            return array.get(Integer.parseInt(step));
        }
        JsonNode child = parent.get(step);
        return child == null || child.isNull() ? ((ObjectNode) parent).putObject(step) : child;
    }

    /** What is at a path; a missing node when nothing is. */
    public JsonNode at(String path) {
        JsonNode node = root;
        for (String step : STEPS.split(path)) {
            node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return node;
    }
}
