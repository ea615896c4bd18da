package dev.leat.kafka.format;

import dev.leat.kafka.format.GeometryText.Shape;
import java.util.Locale;

/** Writes geometric values as Debezium's structures in JSON. */
final class GeometryJson {

    private final GeometryText geometry = new GeometryText();

    /** Writes a value. */
    void write(JsonBuffer out, Shape shape, byte[] text, int start, int end) {
        geometry.read(shape, text, start, end);
        switch (shape) {
            case LINE -> line(out);
            case CIRCLE -> circle(out);
            case LSEG, BOX, PATH, POLYGON -> points(out, shape);
        }
    }

    private void line(JsonBuffer out) {
        number(out, "{\"a\":", 0);
        number(out, ",\"b\":", 1);
        number(out, ",\"c\":", 2);
        out.ascii('}');
    }

    private void circle(JsonBuffer out) {
        number(out, "{\"center\":{\"x\":", 0);
        number(out, ",\"y\":", 1);
        binary(out, ",\"wkb\":", GeometryBinary.center(geometry));
        number(out, ",\"srid\":null},\"radius\":", 2);
        out.ascii('}');
    }

    private void points(JsonBuffer out, Shape shape) {
        binary(out, "{\"wkb\":", GeometryBinary.of(shape, geometry));
        out.ascii(",\"srid\":null,\"extensions\":{\"type\":\"");
        out.ascii(shape.name().toLowerCase(Locale.ROOT));
        if (shape == Shape.PATH) {
            out.ascii("\",\"closed\":\"");
            out.truth(!geometry.isOpen());
        }
        out.ascii("\"}}");
    }

    private static void binary(JsonBuffer out, String before, byte[] binary) {
        out.ascii(before);
        BinaryJson.base64(out, binary, 0, binary.length);
    }

    /** A number as Java prints it, which no reader takes for an integer; NaN and the infinities in quotes. */
    private void number(JsonBuffer out, String before, int index) {
        double number = geometry.number(index);
        String text = Double.toString(number);
        out.ascii(before);
        out.ascii(Double.isFinite(number) ? text : '"' + text + '"');
    }
}
