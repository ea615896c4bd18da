package dev.leat.kafka.format;

/** Writes what PostgreSQL prints for arrays as JSON arrays. */
final class ArrayJson implements ArrayItems {

    private final ArrayText reader;
    private final DebeziumValue element;
    private JsonBuffer out = new JsonBuffer();

    ArrayJson(ArrayText reader, DebeziumValue element) {
        this.reader = reader;
        this.element = element;
    }

    /** Takes the text apart. */
    ArrayText reader() {
        return reader;
    }

    /** Writes the elements. */
    DebeziumValue element() {
        return element;
    }

    /** Writes an array. */
    void write(JsonBuffer target, byte[] text, int start, int end) {
        out = target;
        reader.read(this, text, start, end);
    }

    @Override
    public void open() {
        out.ascii('[');
    }

    @Override
    public void next() {
        out.ascii(',');
    }

    @Override
    public void item(byte[] text, int start, int end) {
        element.write(out, text, start, end);
    }

    @Override
    public void none() {
        out.none();
    }

    @Override
    public void close() {
        out.ascii(']');
    }
}
