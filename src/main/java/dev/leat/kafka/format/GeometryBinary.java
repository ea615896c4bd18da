package dev.leat.kafka.format;

import dev.leat.kafka.format.GeometryText.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Renders what {@link GeometryText} read as well-known binary, in the way that Debezium does. */
final class GeometryBinary {

    private static final int POINT = 1;
    private static final int LINE_STRING = 2;
    private static final int POLYGON = 3;

    private GeometryBinary() {}

    /** The binary of a shape that is made of points. */
    static byte[] of(Shape shape, GeometryText geometry) {
        int size = geometry.size();
        if (size % 2 != 0) {
            throw UnwritableValue.MALFORMED;
        }
        return switch (shape) {
            case LINE, LSEG, PATH -> lines(geometry);
            case BOX -> box(geometry);
            case POLYGON -> polygon(geometry);
            case CIRCLE -> center(geometry);
        };
    }

    /** The binary of a circle's center. */
    static byte[] center(GeometryText geometry) {
        ByteBuffer binary = begin(POINT, 0, 2);
        return binary.putDouble(geometry.number(0))
                .putDouble(geometry.number(1))
                .array();
    }

    private static byte[] lines(GeometryText geometry) {
        ByteBuffer binary = begin(LINE_STRING, Integer.BYTES, geometry.size()).putInt(geometry.size() / 2);
        return numbers(binary, geometry).array();
    }

    /** A polygon has one ring, which ends where it began. */
    private static byte[] polygon(GeometryText geometry) {
        int size = geometry.size() + 2;
        ByteBuffer binary = begin(POLYGON, 2 * Integer.BYTES, size).putInt(1).putInt(size / 2);
        return point(numbers(binary, geometry), geometry, 0, 1).array();
    }

    /** Both printed corners and the two between them. */
    private static byte[] box(GeometryText geometry) {
        ByteBuffer binary = begin(POLYGON, 2 * Integer.BYTES, 10).putInt(1).putInt(5);
        point(binary, geometry, 0, 1);
        point(binary, geometry, 0, 3);
        point(binary, geometry, 2, 3);
        point(binary, geometry, 2, 1);
        return point(binary, geometry, 0, 1).array();
    }

    private static ByteBuffer begin(int type, int counts, int numbers) {
        return ByteBuffer.allocate(1 + Integer.BYTES + counts + numbers * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .putInt(type);
    }

    private static ByteBuffer numbers(ByteBuffer binary, GeometryText geometry) {
        for (int i = 0; i < geometry.size(); i++) {
            binary.putDouble(geometry.number(i));
        }
        return binary;
    }

    private static ByteBuffer point(ByteBuffer binary, GeometryText geometry, int x, int y) {
        return binary.putDouble(geometry.number(x)).putDouble(geometry.number(y));
    }
}
