package dev.leat.sync.oversize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not fit is cut where it hurts least, and no further than it must. */
class TruncationTest {

    private static final String UNCHANGED = "\0unchanged";
    private static final Origin ORIGIN = new Origin(1, 1, 0, 1, 0, 0);
    private static final Table DOC = new Table(
            1,
            new TableId("public", "doc"),
            List.of(
                    column("id", 25, "text"),
                    column("title", 25, "text"),
                    column("body", 1043, "varchar"),
                    column("image", 17, "bytea"),
                    column("meta", 3802, "jsonb"),
                    column("price", 1700, "numeric"),
                    new Column("tags", new DataType(1009, "_text", "text[]", -1, DataType.Kind.ARRAY, null), false)),
            List.of(0),
            false);

    private final Map<String, Long> originals = new LinkedHashMap<>();
    private final List<Change> measured = new ArrayList<>();

    @Test
    void cutsTheLargestToOneLengthAndLeavesTheSmallWhole() {
        List<String> row = values("k", "short", "b".repeat(9_000), hex(2_500), "{}", "1", "{}");

        assertThat(shorten(insert(row), 6_000, 1)).isTrue();

        Row cut = after();
        assertThat(cut.text(1)).isEqualTo("short");
        assertThat(cut.text(2)).matches("b+");
        assertThat(cut.text(3)).matches("\\\\x(ab)+");
        assertThat(cut.length(2) - cut.length(3)).isBetween(0, 1);
        assertThat(size(measured.getLast(), 1)).isBetween(5_000L, 6_000L);
        assertThat(originals).containsExactlyInAnyOrderEntriesOf(Map.of("body", 9_000L, "image", 2_500L));
    }

    @Test
    void neverTouchesTheKey() {
        assertThat(shorten(insert(values("k".repeat(5_000), "t", "b", "\\x", "{}", "1", "{}")), 4_000, 1))
                .isFalse();
        assertThat(shorten(insert(values("k".repeat(5_000), "t", "b".repeat(9_000), "\\x", "{}", "1", "{}")), 6_000, 1))
                .isTrue();
        assertThat(after().text(0)).hasSize(5_000);
    }

    @Test
    void neverTouchesNumbers() {
        assertThat(shorten(insert(values("k", "t", "b", "\\x", "{}", "1".repeat(5_000), "{}")), 4_000, 1))
                .isFalse();
        assertThat(measured)
                .allSatisfy(change ->
                        assertThat(((Change.Insert) change).after().length(5)).isEqualTo(5_000));
    }

    @Test
    void leavesOutAsAWholeWhatWouldBeNoValueWhenCut() {
        String json = "[" + "1,".repeat(4_000) + "1]";
        assertThat(shorten(insert(values("k", "title", "b".repeat(3_000), "\\x", json, "1", "{a}")), 6_000, 1))
                .isTrue();

        assertThat(after().isUnchanged(4)).isTrue();
        assertThat(after().text(2)).as("fits without the document").hasSize(3_000);
        assertThat(after().text(6)).isEqualTo("{a}");
        assertThat(originals).containsExactly(Map.entry("meta", (long) json.length()));
    }

    @Test
    void leavesOutNothingThatNeedNotBe() {
        String json = "[" + "1,".repeat(1_000) + "1]";
        assertThat(shorten(insert(values("k", "title", "b".repeat(9_000), "\\x", json, "1", "{a}")), 6_000, 1))
                .isTrue();

        assertThat(after().text(4)).isEqualTo(json);
        assertThat(originals).containsOnlyKeys("body");
    }

    @Test
    void neverCompletesWhatIsLeftOutFromTheRowBefore() {
        String old = "[" + "1,".repeat(4_000) + "1]";
        String now = "[" + "2,".repeat(4_000) + "2]";
        Change update = new Change.Update(
                DOC,
                ORIGIN,
                row(false, values("k", "t", "b", "\\x", old, "1", "{}")),
                row(false, values("k", "t", "b", "\\x", now, "1", "{}")));

        assertThat(shorten(update, 6_000, 1)).isTrue();

        assertThat(((Change.Update) measured.getLast()).known())
                .hasValueSatisfying(before -> assertThat(before.isUnchanged(4)).isTrue());
        assertThat(after().isUnchanged(4)).isTrue();
    }

    @Test
    void cutsTheRowBeforeAsWell() {
        Change update = new Change.Update(
                DOC,
                ORIGIN,
                row(false, values("k", "t", "o".repeat(9_000), "\\x", null, "1", "{}")),
                row(false, values("k", "t", UNCHANGED, "\\x", null, "1", "{}")));

        assertThat(shorten(update, 6_000, 1)).isTrue();

        Row before = ((Change.Update) measured.getLast()).known().orElseThrow();
        assertThat(before.length(2)).isBetween(5_000, 6_000);
        assertThat(after().isUnchanged(2)).isTrue();
        assertThat(after().isNull(4)).isTrue();
        assertThat(originals).containsExactly(Map.entry("body", 9_000L));
    }

    @Test
    void cutsADeletedRow() {
        Change delete =
                new Change.Delete(DOC, ORIGIN, row(false, values("k", "t", "o".repeat(9_000), "\\x", null, "1", "{}")));

        assertThat(shorten(delete, 6_000, 1)).isTrue();
        assertThat(((Change.Delete) measured.getLast()).before().length(2)).isBetween(5_000, 6_000);
    }

    @Test
    void leavesARowAloneOfWhichOnlyTheKeyIsKnown() {
        Row before = new Row();
        before.reset("k".getBytes(StandardCharsets.UTF_8), true);
        before.add(0, 1);
        for (int i = 1; i < 7; i++) {
            before.add(0, Row.NULL);
        }
        String json = "[" + "1,".repeat(4_000) + "1]";
        Change update =
                new Change.Update(DOC, ORIGIN, before, row(false, values("k2", "t", "b", "\\x", json, "1", "{}")));

        assertThat(shorten(update, 3_000, 1)).isTrue();

        Row cut = ((Change.Update) measured.getLast()).known().orElseThrow();
        assertThat(cut.keyOnly()).isTrue();
        assertThat(cut.isNull(4)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "6", "0.6667"})
    void usesTheRoomThereIsWhateverAnEncoderMakesOfAByte(double factor) {
        assertThat(shorten(insert(values("k", "t", "b".repeat(3_000_000), "\\x", "{}", "1", "{}")), 1_000_000, factor))
                .isTrue();
        assertThat(size(measured.getLast(), factor)).isBetween(970_000L, 1_000_000L);
        assertThat(measured).hasSizeLessThan(12);
    }

    @Test
    void endsAtTheBoundaryOfACharacter() {
        Random random = new Random(7);
        List<String> characters = List.of("a", "é", "€", "😀");
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(400, 0, 4).forEach(c -> text.append(characters.get(c)));
            int limit = 50 + random.nextInt(300);

            assertThat(shorten(insert(values("k", text.toString(), "", "\\x", "{}", "1", "{}")), limit, 1))
                    .isTrue();

            assertThat(text.toString()).startsWith(after().text(1));
            assertThat(after().text(1)).doesNotContain("\uFFFD");
        }
    }

    private boolean shorten(Change change, long limit, double factor) {
        measured.clear();
        boolean fits = new Truncation(DOC, Set.of(0)).shorten(change, (shorter, originalBytes) -> {
            measured.add(shorter);
            originals.clear();
            originals.putAll(originalBytes);
            return size(shorter, factor) - limit;
        });
        assertThat(!fits || size(measured.getLast(), factor) <= limit)
                .as("what was measured last is what is sent")
                .isTrue();
        return fits;
    }

    private Row after() {
        return switch (measured.getLast()) {
            case Change.Insert insert -> insert.after();
            case Change.Update update -> update.after();
            default -> throw new AssertionError(measured.getLast());
        };
    }

    private static long size(Change change, double factor) {
        return Images.of(change).stream()
                .mapToLong(row -> (long) (row.valueBytes() * factor))
                .sum();
    }

    private static Change insert(List<String> values) {
        return new Change.Insert(DOC, ORIGIN, row(false, values));
    }

    private static List<String> values(String... values) {
        return java.util.Arrays.asList(values);
    }

    private static String hex(int bytes) {
        return "\\x" + "ab".repeat(bytes);
    }

    static Row row(boolean keyOnly, List<String> values) {
        byte[][] parts = new byte[values.size()][];
        int total = 0;
        for (int i = 0; i < parts.length; i++) {
            String value = values.get(i);
            parts[i] = value == null || value.equals(UNCHANGED) ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
            total += parts[i].length;
        }
        byte[] bytes = new byte[total];
        Row row = new Row();
        row.reset(bytes, keyOnly);
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            String value = values.get(i);
            System.arraycopy(parts[i], 0, bytes, at, parts[i].length);
            row.add(at, value == null ? Row.NULL : value.equals(UNCHANGED) ? Row.UNCHANGED : parts[i].length);
            at += parts[i].length;
        }
        return row;
    }

    private static Column column(String name, int oid, String type) {
        return new Column(name, new DataType(oid, type, type, -1, DataType.Kind.BASE, null), false);
    }
}
