package dev.leat.kafka.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what PostgreSQL prints for its geometric types and writes them as Debezium does: as well-known binary with the
 * type's name beside it, a line and a circle as their numbers.
 */
final class GeometryText {

    /** The geometric types but for the point. */
    enum Shape {
        LINE('{', 3),
        LSEG('[', 4),
        BOX('(', 4),
        PATH('(', 2),
        POLYGON('(', 2),
        CIRCLE('<', 3);

        private final char opening;
        private final int leastNumbers;

        Shape(char opening, int leastNumbers) {
            this.opening = opening;
            this.leastNumbers = leastNumbers;
        }
    }

    private static final int LINE_STRING = 2;
    private static final int POLYGON = 3;
    private static final byte[] EXTENSIONS = ColumnJson.utf8(",\"srid\":null,\"extensions\":{\"type\":\"");

    private final PointText point = new PointText();
    private double[] numbers = new double[8];
    private int size;

    /** Writes a value. */
    void write(JsonBuffer out, Shape shape, byte[] text, int start, int end) {
        boolean open = shape == Shape.PATH && start < end && text[start] == '[';
        read(text, start, end);
        check(start < end && (text[start] == shape.opening || open) && size >= shape.leastNumbers);
        switch (shape) {
            case LINE -> line(out);
            case LSEG -> geometry(out, "lseg\"}}", binary(LINE_STRING, size / 2));
            case BOX -> geometry(out, "box\"}}", box());
            case PATH ->
                geometry(
                        out,
                        open ? "path\",\"closed\":\"false\"}}" : "path\",\"closed\":\"true\"}}",
                        binary(LINE_STRING, size / 2));
            case POLYGON -> geometry(out, "polygon\"}}", ring());
            case CIRCLE -> circle(out, text, start, end);
        }
    }

    private void line(JsonBuffer out) {
        out.ascii("{\"a\":");
        number(out, numbers[0]);
        out.ascii(",\"b\":");
        number(out, numbers[1]);
        out.ascii(",\"c\":");
        number(out, numbers[2]);
        out.ascii('}');
    }

    private void circle(JsonBuffer out, byte[] text, int start, int end) {
        int close = start + 1;
        while (close < end && text[close] != ')') {
            close++;
        }
        check(close < end);
        out.ascii("{\"center\":");
        point.write(out, text, start + 1, close + 1);
        out.ascii(",\"radius\":");
        number(out, numbers[2]);
        out.ascii('}');
    }

    private static void geometry(JsonBuffer out, String tail, ByteBuffer binary) {
        out.ascii("{\"wkb\":");
        BinaryJson.base64(out, binary.array(), 0, binary.position());
        out.raw(EXTENSIONS);
        out.ascii(tail);
    }

    /** Both printed corners and the two between them. */
    private ByteBuffer box() {
        double[] corners = numbers;
        numbers = new double[] {
            corners[0], corners[1], corners[0], corners[3], corners[2], corners[3], corners[2], corners[1]
        };
        size = numbers.length;
        return ring();
    }

    /** A polygon of one ring, which ends where it began. */
    private ByteBuffer ring() {
        add(numbers[0]);
        add(numbers[1]);
        return binary(POLYGON, size / 2);
    }

    private ByteBuffer binary(int type, int points) {
        check(size % 2 == 0);
        ByteBuffer binary = ByteBuffer.allocate(13 + size * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        binary.put((byte) 1).putInt(type);
        if (type == POLYGON) {
            binary.putInt(1);
        }
        binary.putInt(points);
        for (int i = 0; i < size; i++) {
            binary.putDouble(numbers[i]);
        }
        return binary;
    }

    /** Takes out the numbers; what stands between them is the same for every value of a type. */
    private void read(byte[] text, int start, int end) {
        size = 0;
        int at = start;
        while (at < end) {
            int from = at;
            while (at < end && !isMark(text[at])) {
                at++;
            }
            if (at > from) {
                add(parse(text, from, at));
            } else {
                at++;
            }
        }
    }

    private static boolean isMark(byte sign) {
        return switch (sign) {
            case '(', ')', '[', ']', '{', '}', '<', '>', ',' -> true;
            default -> false;
        };
    }

    private static double parse(byte[] text, int start, int end) {
        try {
            return Double.parseDouble(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw UnwritableValue.MALFORMED;
        }
    }

    private void add(double number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    /** A number as Java prints it, which no reader takes for an integer; NaN and the infinities in quotes. */
    private static void number(JsonBuffer out, double number) {
        String text = Double.toString(number);
        out.ascii(Double.isFinite(number) ? text : '"' + text + '"');
    }

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
