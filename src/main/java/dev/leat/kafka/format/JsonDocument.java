package dev.leat.kafka.format;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders a JSON object of strings, numbers, truths, lists and objects in the order of its members; for what is sent seldom. */
public final class JsonDocument {

    private JsonDocument() {}

    /** The object as UTF-8. */
    public static byte[] of(Map<String, ? extends @Nullable Object> members) {
        JsonBuffer out = new JsonBuffer();
        object(out, members);
        return out.take();
    }

    private static void object(JsonBuffer out, Map<?, ?> members) {
        char before = '{';
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.ascii(before);
            out.string(ColumnJson.utf8(String.valueOf(member.getKey())));
            out.ascii(':');
            value(out, member.getValue());
            before = ',';
        }
        if (before == '{') {
            out.ascii('{');
        }
        out.ascii('}');
    }

    private static void list(JsonBuffer out, List<?> items) {
        out.ascii('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            value(out, items.get(i));
        }
        out.ascii(']');
    }

    private static void value(JsonBuffer out, @Nullable Object value) {
        switch (value) {
            case null -> out.none();
            case Map<?, ?> members -> object(out, members);
            case List<?> items -> list(out, items);
            case Number number -> out.number(number.longValue());
            case Boolean flag -> out.truth(flag);
            default -> out.string(ColumnJson.utf8(value.toString()));
        }
    }
}
