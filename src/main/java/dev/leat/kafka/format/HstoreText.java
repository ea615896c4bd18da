package dev.leat.kafka.format;

/** Reads what PostgreSQL prints for {@code hstore}, such as {@code "a"=>"1", "b"=>NULL}. */
final class HstoreText {

    private final QuotedText quoted = new QuotedText();

    /** Tells what an hstore holds. */
    void read(HstoreItems items, byte[] text, int start, int end) {
        items.open();
        int at = start;
        while (at < end) {
            if (at > start) {
                check(end - at > 2 && text[at] == ',' && text[at + 1] == ' ');
                items.next();
                at += 2;
            }
            at = key(items, text, at, end);
            check(end - at > 2 && text[at] == '=' && text[at + 1] == '>');
            at = value(items, text, at + 2, end);
        }
        items.close();
    }

    private int key(HstoreItems items, byte[] text, int start, int end) {
        int after = quoted.read(text, start, end);
        items.key(quoted.bytes(), quoted.start(), quoted.end());
        return after;
    }

    private int value(HstoreItems items, byte[] text, int start, int end) {
        if (text[start] == '"') {
            int after = quoted.read(text, start, end);
            items.value(quoted.bytes(), quoted.start(), quoted.end());
            return after;
        }
        check(end - start >= 4
                && text[start] == 'N'
                && text[start + 1] == 'U'
                && text[start + 2] == 'L'
                && text[start + 3] == 'L');
        items.none();
        return start + 4;
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
