package dev.leat.kafka.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the numbers out of what PostgreSQL prints for its geometric types; filled again for each value. */
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

    private double[] numbers = new double[8];
    private int size;
    private boolean open;

    /** Reads a value. */
    void read(Shape shape, byte[] text, int start, int end) {
        size = 0;
        open = shape == Shape.PATH && start < end && text[start] == '[';
        check(start < end && (text[start] == shape.opening || open));
        // what stands between the numbers is the same for every value of a type
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
        check(size >= shape.leastNumbers);
    }

    /** How many numbers there are. */
    int size() {
        return size;
    }

    /** One of the numbers, in the order in which they are printed. */
    double number(int index) {
        return numbers[index];
    }

    /** Whether a path does not end where it began. */
    boolean isOpen() {
        return open;
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

    private static void check(boolean sound) {
        if (!sound) {
            throw UnwritableValue.MALFORMED;
        }
    }
}
