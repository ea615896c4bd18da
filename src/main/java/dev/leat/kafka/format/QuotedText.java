package dev.leat.kafka.format;

/** Reads text in double quotes with backslash escapes; the object is filled again for each value. */
final class QuotedText {

    private final JsonBuffer unescaped = new JsonBuffer();
    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    /** The array that the last text lies in. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the last text begins. */
    int start() {
        return start;
    }

    /** Where the last text ends. */
    int end() {
        return end;
    }

    /** Reads from an opening quote on and returns the place behind the closing one. */
    int read(byte[] text, int from, int limit) {
        if (from >= limit || text[from] != '"') {
            throw UnwritableValue.MALFORMED;
        }
        int at = from + 1;
        while (at < limit && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        if (at >= limit) {
            throw UnwritableValue.MALFORMED;
        }
        if (text[at] == '"') {
            bytes = text;
            start = from + 1;
            end = at;
            return at + 1;
        }
        return unescape(text, from + 1, limit);
    }

    private int unescape(byte[] text, int from, int limit) {
        unescaped.reset();
        int to = unescaped.reserve(limit - from);
        byte[] target = unescaped.array();
        int at = from;
        while (at < limit && text[at] != '"') {
            if (text[at] == '\\') {
                at++;
            }
            if (at < limit) {
                target[to++] = text[at++];
            }
        }
        if (at >= limit) {
            throw UnwritableValue.MALFORMED;
        }
        bytes = target;
        start = 0;
        end = to;
        return at + 1;
    }
}
