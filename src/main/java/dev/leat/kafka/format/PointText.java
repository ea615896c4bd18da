package dev.leat.kafka.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what PostgreSQL prints for a point, such as {@code (1,-2.5)}. */
final class PointText {

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    /** Where the first coordinate lies in the binary; the second follows at once. */
    static final int X_PLACE = 5;

    private static final byte[] X = "{\"x\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] Y = ",\"y\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WKB = ",\"wkb\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SRID = ",\"srid\":null}".getBytes(StandardCharsets.US_ASCII);

    /** Well-known binary of a point: little-endian, type 1, then both coordinates. */
    private final byte[] binary = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    /** Writes both coordinates as JSON, and once more as well-known binary in base64. */
    void write(JsonBuffer out, byte[] text, int start, int end) {
        int comma = comma(text, start, end);
        out.raw(X);
        NumberText.floating(out, text, start + 1, comma);
        out.raw(Y);
        NumberText.floating(out, text, comma + 1, end - 1);
        out.raw(WKB);
        BinaryJson.base64(out, binary(text, start, end), 0, binary.length);
        out.raw(SRID);
    }

    /** The well-known binary, valid until the next value: the coordinates in it are as Avro has them. */
    byte[] binary(byte[] text, int start, int end) {
        int comma = comma(text, start, end);
        DOUBLES.set(binary, X_PLACE, NumberText.doubleOf(text, start + 1, comma));
        DOUBLES.set(binary, X_PLACE + Double.BYTES, NumberText.doubleOf(text, comma + 1, end - 1));
        return binary;
    }

    private static int comma(byte[] text, int start, int end) {
        int comma = start;
        while (comma < end && text[comma] != ',') {
            comma++;
        }
        if (end - start < 5 || text[start] != '(' || text[end - 1] != ')' || comma > end - 2) {
            throw UnwritableValue.MALFORMED;
        }
        return comma;
    }
}
