package dev.leat.kafka.format;

/** Reads what PostgreSQL prints for {@code hstore}, such as {@code "a"=>"1", "b"=>NULL}. */
final class HstoreText {

    private final QuotedText quoted = new QuotedText();
    private final JsonBuffer object = new JsonBuffer();

    /** Writes a JSON object of strings and nulls. */
    void writeObject(JsonBuffer out, byte[] text, int start, int end) {
        out.ascii('{');
        int at = start;
        while (at < end) {
            if (at > start) {
                check(end - at > 2 && text[at] == ',' && text[at + 1] == ' ');
                out.ascii(',');
                at += 2;
            }
            at = string(out, text, at, end);
            check(end - at > 2 && text[at] == '=' && text[at + 1] == '>');
            out.ascii(':');
            at = value(out, text, at + 2, end);
        }
        out.ascii('}');
    }

    /** Writes a JSON string that holds a JSON object. */
    void writeString(JsonBuffer out, byte[] text, int start, int end) {
        object.reset();
        writeObject(object, text, start, end);
        out.string(object.array(), 0, object.size());
    }

    private int value(JsonBuffer out, byte[] text, int start, int end) {
        if (text[start] == '"') {
            return string(out, text, start, end);
        }
        check(end - start >= 4
                && text[start] == 'N'
                && text[start + 1] == 'U'
                && text[start + 2] == 'L'
                && text[start + 3] == 'L');
        out.none();
        return start + 4;
    }

    private int string(JsonBuffer out, byte[] text, int start, int end) {
        int after = quoted.read(text, start, end);
        out.string(quoted.bytes(), quoted.start(), quoted.end());
        return after;
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
