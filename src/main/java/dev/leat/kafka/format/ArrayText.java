package dev.leat.kafka.format;

/** Reads what PostgreSQL prints for arrays of any depth, such as {@code {1,2}} or {@code [0:1]={{"a b"},{NULL}}}. */
final class ArrayText {

    /** PostgreSQL's own limit. */
    static final int MAX_DEPTH = 6;

    private final char delimiter;
    private final boolean flat;
    private final QuotedText quoted = new QuotedText();

    /**
     * Reads arrays.
     *
     * @param delimiter what stands between them
     * @param flat whether an array in an array is refused
     */
    ArrayText(char delimiter, boolean flat) {
        this.delimiter = delimiter;
        this.flat = flat;
    }

    /** Tells what an array holds. */
    void read(ArrayItems items, byte[] text, int start, int end) {
        int at = afterBounds(text, start, end);
        int depth = 0;
        boolean afterItem = false;
        boolean opened = false;
        do {
            check(at < end);
            byte next = text[at];
            if (next == '}' && (afterItem || opened)) {
                items.close();
                depth--;
                at++;
                afterItem = true;
            } else if (afterItem) {
                check(next == delimiter);
                items.next();
                at++;
                afterItem = false;
                opened = false;
            } else if (next == '{') {
                open(items, ++depth);
                at++;
                opened = true;
            } else {
                check(depth > 0);
                at = item(items, text, at, end);
                afterItem = true;
            }
        } while (depth > 0);
        check(at == end);
    }

    private void open(ArrayItems items, int depth) {
        if (flat && depth > 1) {
            throw UnwritableValue.OUTSIDE_SCHEMA;
        }
        check(depth <= MAX_DEPTH);
        items.open();
    }

    private int item(ArrayItems items, byte[] text, int start, int end) {
        if (text[start] == '"') {
            int after = quoted.read(text, start, end);
            items.item(quoted.bytes(), quoted.start(), quoted.end());
            return after;
        }
        int at = start;
        while (at < end && text[at] != delimiter && text[at] != '}') {
            check(text[at] != '{' && text[at] != '"' && text[at] != '\\');
            at++;
        }
        check(at > start);
        if (isNull(text, start, at)) {
            items.none();
        } else {
            items.item(text, start, at);
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
