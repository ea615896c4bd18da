package dev.leat.kafka.format;

import dev.leat.kafka.format.GeometryText.Shape;
import java.util.Locale;

/** Writes geometric values as Debezium's structures in Avro's encoding. */
final class AvroGeometry {

    private static final byte[] TYPE = ColumnJson.utf8("type");
    private static final byte[] CLOSED = ColumnJson.utf8("closed");

    private final GeometryText geometry = new GeometryText();

    /** Writes a value. */
    void write(AvroBuffer out, Shape shape, byte[] text, int start, int end) {
        geometry.read(shape, text, start, end);
        switch (shape) {
            case LINE -> numbers(out, 0, 3);
            case CIRCLE -> circle(out);
            case LSEG, BOX, PATH, POLYGON -> points(out, shape);
        }
    }

    private void circle(AvroBuffer out) {
        numbers(out, 0, 2);
        out.branch(AvroSchemas.VALUE);
        out.bytes(GeometryBinary.center(geometry));
        out.branch(AvroSchemas.NULL);
        numbers(out, 2, 3);
    }

    /** The binary, no reference system, and a map that says what it is. */
    private void points(AvroBuffer out, Shape shape) {
        out.bytes(GeometryBinary.of(shape, geometry));
        out.branch(AvroSchemas.NULL);
        out.branch(AvroSchemas.VALUE);
        out.number(shape == Shape.PATH ? 2 : 1);
        out.bytes(TYPE);
        out.bytes(ColumnJson.utf8(shape.name().toLowerCase(Locale.ROOT)));
        if (shape == Shape.PATH) {
            out.bytes(CLOSED);
            out.bytes(ColumnJson.utf8(Boolean.toString(!geometry.isOpen())));
        }
        out.number(0);
    }

    private void numbers(AvroBuffer out, int from, int to) {
        for (int i = from; i < to; i++) {
            out.real(geometry.number(i));
        }
    }
}
