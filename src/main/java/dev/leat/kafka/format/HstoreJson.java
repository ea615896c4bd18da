package dev.leat.kafka.format;

/** Writes what PostgreSQL prints for {@code hstore} as JSON objects of strings and nulls. */
final class HstoreJson implements HstoreItems {

    private final HstoreText reader = new HstoreText();
    private final JsonBuffer object = new JsonBuffer();
    private JsonBuffer out = object;

    /** Writes a JSON object. */
    void writeObject(JsonBuffer target, byte[] text, int start, int end) {
        out = target;
        reader.read(this, text, start, end);
    }

    /** Writes a JSON string that holds a JSON object. */
    void writeString(JsonBuffer target, byte[] text, int start, int end) {
        object.reset();
        writeObject(object, text, start, end);
        target.string(object.array(), 0, object.size());
    }

    @Override
    public void open() {
        out.ascii('{');
    }

    @Override
    public void next() {
        out.ascii(',');
    }

    @Override
    public void key(byte[] text, int start, int end) {
        out.string(text, start, end);
        out.ascii(':');
    }

    @Override
    public void value(byte[] text, int start, int end) {
        out.string(text, start, end);
    }

    @Override
    public void none() {
        out.none();
    }

    @Override
    public void close() {
        out.ascii('}');
    }
}
