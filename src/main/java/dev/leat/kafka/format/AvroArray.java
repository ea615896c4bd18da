package dev.leat.kafka.format;

/** Writes what PostgreSQL prints for arrays as Avro's, whose items are a union of null, the element and an array. */
final class AvroArray implements ArrayItems {

    private final ArrayText reader;
    private final AvroValue element;
    private final int[] places = new int[ArrayText.MAX_DEPTH];
    private final int[] counts = new int[ArrayText.MAX_DEPTH];
    private AvroBuffer out = new AvroBuffer();
    private int depth;

    AvroArray(ArrayText reader, AvroValue element) {
        this.reader = reader;
        this.element = element;
    }

    /** Writes an array. */
    void write(AvroBuffer target, byte[] text, int start, int end) {
        out = target;
        depth = 0;
        reader.read(this, text, start, end);
    }

    @Override
    public void open() {
        if (depth > 0) {
            counts[depth - 1]++;
            out.branch(AvroSchemas.NESTED);
        }
        places[depth] = out.openBlock();
        counts[depth++] = 0;
    }

    @Override
    public void next() {}

    @Override
    public void item(byte[] text, int start, int end) {
        counts[depth - 1]++;
        element.write(out, text, start, end);
    }

    @Override
    public void none() {
        counts[depth - 1]++;
        out.branch(AvroSchemas.NULL);
    }

    @Override
    public void close() {
        depth--;
        out.closeBlock(places[depth], counts[depth]);
    }
}
