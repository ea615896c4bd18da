package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of COPY become the values they were made from, and what is no line ends in one failure. */
class CopyDecoderTest {

    private static final byte[] SPECIAL = "\b\f\n\r\t\u000b\\Nx".getBytes(StandardCharsets.US_ASCII);

    private final Row row = new Row();

    @Test
    void splitsAtTabs() {
        assertThat(decode("1\tabc\tlonger than eight bytes\n", 3))
                .containsExactly("1", "abc", "longer than eight bytes");
    }

    @Test
    void tellsNullFromEmptyAndFromItsOwnSpelling() {
        assertThat(decode("\\N\t\t\\\\N\t\\N\n", 4)).containsExactly(null, "", "\\N", null);
    }

    @ParameterizedTest
    @CsvSource({"b,8", "f,12", "n,10", "r,13", "t,9", "v,11", "\\,92", "N,78", "x,120"})
    void undoesEscapes(String letter, int code) {
        assertThat(decode("a\\" + letter + "z\n", 1)).containsExactly("a" + (char) code + "z");
    }

    @Test
    void keepsTextThatOnlyStartsLikeNull() {
        assertThat(decode("\\\\Nx\t\\\\\t\\n\n", 3)).containsExactly("\\Nx", "\\", "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17})
    void findsDelimitersAtEveryPlaceOfAWord(int length) {
        var text = "y".repeat(length);

        assertThat(decode(text + "\t" + text + "\\t" + text + "\t\\N\n", 3))
                .containsExactly(text, text + "\t" + text, null);
    }

    @Test
    void takesBytesWithTheirHighBitForText() {
        // bytes whose lower seven bits are those of tab, newline and backslash
        byte[] line = {
            (byte) 0x89, (byte) 0x8a, (byte) 0xdc, (byte) 0x89, (byte) 0x8a, (byte) 0xdc, 1, 0, '\t', 'a', '\n'
        };

        CopyDecoder.decode(line, 0, 2, row);

        assertThat(row.length(0)).isEqualTo(8);
        assertThat(row.text(1)).isEqualTo("a");
    }

    @Test
    void readsARowWithoutColumns() {
        assertThat(CopyDecoder.decode(bytes("\n"), 0, 0, row)).isEqualTo(1);
        assertThat(row.size()).isZero();
    }

    @Test
    void readsOneEmptyValue() {
        assertThat(decode("\n", 1)).containsExactly("");
    }

    @Test
    void readsSeveralRowsOfOneArray() {
        byte[] lines = bytes("1\ta\\tb\n2\t\\N\n3\t\n");

        int second = CopyDecoder.decode(lines, 0, 2, row);
        assertThat(values(row)).containsExactly("1", "a\tb");
        int third = CopyDecoder.decode(lines, second, 2, row);
        assertThat(values(row)).containsExactly("2", null);
        assertThat(CopyDecoder.decode(lines, third, 2, row)).isEqualTo(lines.length);
        assertThat(values(row)).containsExactly("3", "");
    }

    @Test
    void readsMoreColumnsThanARowStartsWith() {
        var values = IntStream.range(0, 1_600).mapToObj(Integer::toString).toList();

        assertThat(decode(String.join("\t", values) + "\n", 1_600)).containsExactlyElementsOf(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1\t2", "1\t2\\", "1\t\\N", "1\t2\\\n", "1\n", "\n", "1\t2\t3\n", "1\t2\t\n"})
    void refusesWhatIsNoLineOfTwoValues(String line) {
        assertThatThrownBy(() -> decode(line, 2))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL));
    }

    @Test
    void neverSaysWhatARefusedLineHolds() {
        assertThatThrownBy(() -> decode("secret\n", 2)).message().doesNotContain("secret");
    }

    @Test
    void decodesWhatAReferenceEncoderEncoded() {
        var random = new Random(20_261_122);
        for (int i = 0; i < 20_000; i++) {
            var rows = rows(random);
            byte[] lines = encode(rows);
            int at = 0;
            for (var expected : rows) {
                at = CopyDecoder.decode(lines, at, expected.size(), row);
                assertSame(expected);
            }
            assertThat(at).isEqualTo(lines.length);
        }
    }

    @Test
    void endsInOneFailureOrALineWhateverTheBytes() {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            byte[] line = encode(rows(random));
            for (int change = random.nextInt(4); change >= 0 && line.length > 0; change--) {
                line[random.nextInt(line.length)] =
                        random.nextBoolean() ? SPECIAL[random.nextInt(SPECIAL.length)] : (byte) random.nextInt();
            }
            CopyDecoderFuzzTest.decodeAll(Arrays.copyOf(line, random.nextInt(line.length + 1)), random.nextInt(5));
        }
    }

    private void assertSame(List<byte @Nullable []> expected) {
        assertThat(row.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            byte[] value = expected.get(i);
            assertThat(row.isNull(i)).isEqualTo(value == null);
            if (value != null) {
                assertThat(Arrays.copyOfRange(row.bytes(), row.start(i), row.start(i) + row.length(i)))
                        .isEqualTo(value);
            }
        }
    }

    private static List<List<byte @Nullable []>> rows(Random random) {
        int columns = 1 + random.nextInt(5);
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> IntStream.range(0, columns)
                        .mapToObj(column -> value(random))
                        .collect(ArrayList<byte @Nullable []>::new, List::add, List::addAll))
                .map(List.class::cast)
                .map(list -> (List<byte @Nullable []>) list)
                .toList();
    }

    /** Any bytes but zero, which PostgreSQL's text cannot hold; special ones often. */
    private static byte @Nullable [] value(Random random) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        byte[] value = new byte[random.nextInt(24)];
        for (int i = 0; i < value.length; i++) {
            value[i] =
                    random.nextBoolean() ? SPECIAL[random.nextInt(SPECIAL.length)] : (byte) (1 + random.nextInt(255));
        }
        return value;
    }

    /** As PostgreSQL's CopyAttributeOutText does it. */
    private static byte[] encode(List<List<byte @Nullable []>> rows) {
        var out = new ByteArrayOutputStream();
        for (var values : rows) {
            for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                    out.write('\t');
                }
                encode(values.get(i), out);
            }
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static void encode(byte @Nullable [] value, ByteArrayOutputStream out) {
        if (value == null) {
            out.writeBytes(bytes("\\N"));
            return;
        }
        for (byte b : value) {
            int escape = "\b\f\n\r\t\u000b\\".indexOf(b);
            if (escape >= 0) {
                out.write('\\');
                out.write("bfnrtv\\".charAt(escape));
            } else {
                out.write(b);
            }
        }
    }

    private List<@Nullable String> decode(String line, int columns) {
        byte[] bytes = bytes(line);
        assertThat(CopyDecoder.decode(bytes, 0, columns, row)).isEqualTo(bytes.length);
        return values(row);
    }

    private static List<@Nullable String> values(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.isNull(i) ? null : row.text(i))
                .collect(ArrayList::new, List::add, List::addAll);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
