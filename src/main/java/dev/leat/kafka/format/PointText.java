package dev.leat.kafka.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what PostgreSQL prints for a point, such as {@code (1,-2.5)}. */
final class PointText {

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] X = "{\"x\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] Y = ",\"y\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WKB = ",\"wkb\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SRID = ",\"srid\":null}".getBytes(StandardCharsets.US_ASCII);

    /** Well-known binary of a point: little-endian, type 1, then both coordinates. */
    private final byte[] binary = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    /** Writes both coordinates, and once more as well-known binary in base64. */
    void write(JsonBuffer out, byte[] text, int start, int end) {
        int comma = start;
        while (comma < end && text[comma] != ',') {
            comma++;
        }
        if (end - start < 5 || text[start] != '(' || text[end - 1] != ')' || comma > end - 2) {
            throw UnwritableValue.MALFORMED;
        }
        out.raw(X);
        NumberText.floating(out, text, start + 1, comma);
        DOUBLES.set(binary, 5, parse(text, start + 1, comma));
        out.raw(Y);
        NumberText.floating(out, text, comma + 1, end - 1);
        DOUBLES.set(binary, 13, parse(text, comma + 1, end - 1));
        out.raw(WKB);
        BinaryJson.base64(out, binary, 0, binary.length);
        out.raw(SRID);
    }

    /** The number; its form was checked before. */
    private static double parse(byte[] text, int start, int end) {
        return Double.parseDouble(new String(text, start, end - start, StandardCharsets.US_ASCII));
    }
}
