package dev.leat.kafka.format;

/** Reads what PostgreSQL prints for arrays of any depth, such as {@code {1,2}} or {@code [0:1]={{"a b"},{NULL}}}. */
final class ArrayText {

    /** PostgreSQL's own limit. */
    private static final int MAX_DEPTH = 6;

    private final ValueWriter element;
    private final char delimiter;
    private final boolean flat;
    private final QuotedText quoted = new QuotedText();

    /**
     * Reads arrays.
     *
     * @param element writes the elements
     * @param delimiter what stands between them
     * @param flat whether an array in an array is refused
     */
    ArrayText(ValueWriter element, char delimiter, boolean flat) {
        this.element = element;
        this.delimiter = delimiter;
        this.flat = flat;
    }

    /** Writes an array as a JSON array. */
    void write(JsonBuffer out, byte[] text, int start, int end) {
        int at = afterBounds(text, start, end);
        int depth = 0;
        boolean afterItem = false;
        boolean opened = false;
        do {
            check(at < end);
            byte next = text[at];
            if (next == '}' && (afterItem || opened)) {
                out.ascii(']');
                depth--;
                at++;
                afterItem = true;
            } else if (afterItem) {
                check(next == delimiter);
                out.ascii(',');
                at++;
                afterItem = false;
                opened = false;
            } else if (next == '{') {
                open(out, ++depth);
                at++;
                opened = true;
            } else {
                check(depth > 0);
                at = item(out, text, at, end);
                afterItem = true;
            }
        } while (depth > 0);
        check(at == end);
    }

    private void open(JsonBuffer out, int depth) {
        if (flat && depth > 1) {
            throw UnwritableValue.OUTSIDE_SCHEMA;
        }
        check(depth <= MAX_DEPTH);
        out.ascii('[');
    }

    private int item(JsonBuffer out, byte[] text, int start, int end) {
        if (text[start] == '"') {
            int after = quoted.read(text, start, end);
            element.write(out, quoted.bytes(), quoted.start(), quoted.end());
            return after;
        }
        int at = start;
        while (at < end && text[at] != delimiter && text[at] != '}') {
            check(text[at] != '{' && text[at] != '"' && text[at] != '\\');
            at++;
        }
        check(at > start);
        if (isNull(text, start, at)) {
            out.none();
        } else {
            element.write(out, text, start, at);
        }
        return at;
    }

    /** Skips bounds that do not begin at 1. */
    private static int afterBounds(byte[] text, int start, int end) {
        int at = start;
        if (at < end && text[at] == '[') {
            while (at < end && text[at] != '=') {
                at++;
            }
            at++;
        }
        return at;
    }

    private static boolean isNull(byte[] text, int start, int end) {
        return end - start == 4
                && text[start] == 'N'
                && text[start + 1] == 'U'
                && text[start + 2] == 'L'
                && text[start + 3] == 'L';
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
