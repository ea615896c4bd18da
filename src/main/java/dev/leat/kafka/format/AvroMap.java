package dev.leat.kafka.format;

/** Writes what PostgreSQL prints for {@code hstore} as Avro's map of a union of null and string. */
final class AvroMap implements HstoreItems {

    private final HstoreText reader = new HstoreText();
    private AvroBuffer out = new AvroBuffer();
    private int place;
    private int count;

    /** Writes a map. */
    void write(AvroBuffer target, byte[] text, int start, int end) {
        out = target;
        count = 0;
        reader.read(this, text, start, end);
    }

    @Override
    public void open() {
        place = out.openBlock();
    }

    @Override
    public void next() {}

    @Override
    public void key(byte[] text, int start, int end) {
        count++;
        out.bytes(text, start, end);
    }

    @Override
    public void value(byte[] text, int start, int end) {
        out.branch(AvroSchemas.VALUE);
        out.bytes(text, start, end);
    }

    @Override
    public void none() {
        out.branch(AvroSchemas.NULL);
    }

    @Override
    public void close() {
        out.closeBlock(place, count);
    }
}
