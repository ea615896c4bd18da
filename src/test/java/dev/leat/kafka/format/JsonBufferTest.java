package dev.leat.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonBufferTest {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    private final JsonBuffer buffer = new JsonBuffer();

    @Test
    void writesEveryStringSoThatAParserReadsTheSame() {
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            String text = randomText(random, random.nextInt(40));
            assertThat(JACKSON.readValue(string(text, random.nextInt(12)), String.class))
                    .isEqualTo(text);
        }
    }

    @Test
    void escapesQuotesBackslashesAndControlCharactersAndNothingElse() {
        for (int character = 0; character < 0x180; character++) {
            String one = String.valueOf((char) character);
            String expected = switch (character) {
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                case '\b' -> "\\b";
                case '\f' -> "\\f";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                case '\t' -> "\\t";
                default -> character < 0x20 ? String.format("\\u%04x", character) : one;
            };
            for (int before = 0; before < 17; before++) {
                String around = "x".repeat(before);
                assertThat(string(around + one + "tail of nine", 3))
                        .isEqualTo('"' + around + expected + "tail of nine\"");
                assertThat(string(around + one, 0)).isEqualTo('"' + around + expected + '"');
            }
        }
    }

    @Test
    void leavesTextOfOtherAlphabetsAsItIs() {
        String text = "Grüße, Καλημέρα, 你好, 🐘 and \u2028";
        assertThat(string(text, 1)).isEqualTo('"' + text + '"');
    }

    @Test
    void writesEveryNumberAsJavaPrintsIt() {
        Random random = new Random(7);
        for (int shift = 0; shift < 64; shift++) {
            for (int i = 0; i < 50; i++) {
                long number = random.nextLong() >> shift;
                buffer.number(number);
                assertThat(taken()).isEqualTo(Long.toString(number));
            }
        }
        for (long number = 1; number < Long.MAX_VALUE / 10; number *= 10) {
            for (long near : new long[] {number - 1, number, number + 1, -number, -number + 1, -number - 1}) {
                buffer.number(near);
                assertThat(taken()).isEqualTo(Long.toString(near));
            }
        }
        buffer.number(Long.MIN_VALUE);
        assertThat(taken()).isEqualTo(Long.toString(Long.MIN_VALUE));
        buffer.number(Long.MAX_VALUE);
        assertThat(taken()).isEqualTo(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void padsNumbersWithZeros() {
        buffer.padded(42, 6);
        assertThat(taken()).isEqualTo("000042");
    }

    @Test
    void writesBytesInBase64AsJavaDoes() {
        Random random = new Random(3);
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String expected = '"' + Base64.getEncoder().encodeToString(bytes) + '"';
            BinaryJson.base64(buffer, bytes, 0, length);
            assertThat(taken()).isEqualTo(expected);
            byte[] hex = ("\\x" + BinaryJson.hex(bytes)).getBytes(StandardCharsets.US_ASCII);
            BinaryJson.byteaBase64(buffer, hex, 0, hex.length);
            assertThat(taken()).isEqualTo(expected);
        }
    }

    @Test
    void isEmptyAfterItWasTakenAndKeepsWhatWasTaken() {
        buffer.ascii("first");
        byte[] first = buffer.take();
        buffer.ascii("other");

        assertThat(first).asString(StandardCharsets.UTF_8).isEqualTo("first");
        assertThat(taken()).isEqualTo("other");
        assertThat(buffer.size()).isZero();
    }

    @Test
    void doesNotHoldTheMemoryOfAHugeRecord() {
        byte[] huge = "\n".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);
        buffer.string(huge);

        assertThat(buffer.take()).hasSize(4_000_002);
        assertThat(buffer.array()).hasSizeLessThan(10_000);
    }

    private String string(String text, int offset) {
        byte[] bytes = ("\"".repeat(offset) + text + "\\".repeat(offset)).getBytes(StandardCharsets.UTF_8);
        buffer.string(bytes, offset, bytes.length - offset);
        return taken();
    }

    private String taken() {
        return new String(buffer.take(), StandardCharsets.UTF_8);
    }

    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append("\"\\/".charAt(random.nextInt(3)));
                case 2 -> text.append((char) (0x80 + random.nextInt(0x2000)));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x10000));
                default -> text.append((char) (0x20 + random.nextInt(0x5f)));
            }
        }
        return text.toString();
    }
}
