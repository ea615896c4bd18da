package dev.leat.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.ColumnSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Operation;
import dev.leat.settings.TaskSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a row filter makes of changes, before columns are left out. */
class ChangeFilterTest {

    private static final Origin ORIGIN = new Origin(1, 1, 0, 1, 0, 0);
    private static final Set<Operation> ALL = Set.of(Operation.values());
    private static final Table KEYED = table(false);
    private static final Table WHOLE = table(true);

    @Test
    void judgesAnUpdateByBothRows() {
        var shape = shape(WHOLE, "qty > 10", ALL);

        assertThat(shape.apply(update(WHOLE, row("1", "20"), row("1", "30")))).containsInstanceOf(Change.Update.class);
        assertThat(shape.apply(update(WHOLE, row("1", "2"), row("1", "3")))).isEmpty();
        var left = shape.apply(update(WHOLE, row("1", "20"), row("1", "3"))).orElseThrow();
        assertThat(texts(((Change.Delete) left).before())).containsExactly("1", "20");
        var entered = shape.apply(update(WHOLE, row("1", "2"), row("1", "30"))).orElseThrow();
        assertThat(texts(((Change.Insert) entered).after())).containsExactly("1", "30");
        assertThat(entered.origin()).isEqualTo(ORIGIN);
        // null is neither in nor out of anything
        assertThat(shape.apply(update(WHOLE, row("1", null), row("1", "30")))).containsInstanceOf(Change.Insert.class);
    }

    @Test
    void passesInsertsAndDeletesOfRowsThatPass() {
        var shape = shape(WHOLE, "qty > 10", ALL);

        assertThat(shape.apply(new Change.Insert(WHOLE, ORIGIN, row("1", "20"))))
                .isPresent();
        assertThat(shape.apply(new Change.Insert(WHOLE, ORIGIN, row("1", "2")))).isEmpty();
        assertThat(shape.apply(new Change.Delete(WHOLE, ORIGIN, row("1", "20"))))
                .isPresent();
        assertThat(shape.apply(new Change.Delete(WHOLE, ORIGIN, row("1", "2")))).isEmpty();
        assertThat(shape.apply(new Change.Truncate(WHOLE, ORIGIN))).isPresent();
    }

    @Test
    void doesNotDecideTwiceOnWhatTheSourceHasDecided() {
        assertThat(shape(WHOLE, "qty > 10", ALL).apply(new Change.Read(WHOLE, ORIGIN, row("1", "2"))))
                .isPresent();
    }

    @Test
    void countsOperationsAsTheyAreSent() {
        var withoutDelete = shape(WHOLE, "qty > 10", Set.of(Operation.INSERT, Operation.UPDATE));
        assertThat(withoutDelete.apply(update(WHOLE, row("1", "20"), row("1", "3"))))
                .isEmpty();
        var withoutInsert = shape(WHOLE, "qty > 10", Set.of(Operation.UPDATE, Operation.DELETE));
        assertThat(withoutInsert.apply(update(WHOLE, row("1", "2"), row("1", "30"))))
                .isEmpty();
        var insertsOnly = shape(KEYED, "qty > 10", Set.of(Operation.INSERT));
        assertThat(insertsOnly.apply(update(KEYED, null, row("1", "30")))).isEmpty();
        assertThat(insertsOnly.apply(new Change.Delete(KEYED, ORIGIN, key("1"))))
                .isEmpty();
    }

    @Test
    void aFilterOfTheKeyKnowsItFromTheNewRow() {
        var shape = shape(KEYED, "id > 10", ALL);

        assertThat(shape.apply(update(KEYED, null, row("20", "1")))).containsInstanceOf(Change.Update.class);
        assertThat(shape.apply(update(KEYED, null, row("2", "1")))).isEmpty();
        assertThat(shape.apply(update(KEYED, key("20"), row("2", "1")))).containsInstanceOf(Change.Delete.class);
        assertThat(shape.apply(update(KEYED, key("2"), row("20", "1")))).containsInstanceOf(Change.Insert.class);
        assertThat(shape.apply(new Change.Delete(KEYED, ORIGIN, key("20")))).isPresent();
        assertThat(shape.apply(new Change.Delete(KEYED, ORIGIN, key("2")))).isEmpty();
    }

    @Test
    void stopsAtAChangeWhoseOldRowIsNotKnown() {
        var shape = shape(KEYED, "qty > 10", ALL);

        for (Change change : List.of(
                update(KEYED, null, row("1", "30")),
                update(KEYED, key("2"), row("1", "30")),
                new Change.Delete(KEYED, ORIGIN, key("1")))) {
            assertThatThrownBy(() -> shape.apply(change)).isInstanceOfSatisfying(SyncException.class, failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.SETTINGS);
                assertThat(failure.remedy()).startsWith("ALTER TABLE \"shop\".\"orders\" REPLICA IDENTITY FULL;");
            });
        }
        assertThat(shape.apply(new Change.Insert(KEYED, ORIGIN, row("1", "30"))))
                .isPresent();
    }

    @Test
    void checksBeforeTheStartThatTheLogWillTell() {
        assertThatThrownBy(() -> shapes("qty > 10", ALL).check(KEYED))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.remedy())
                                .isEqualTo("ALTER TABLE \"shop\".\"orders\" REPLICA IDENTITY FULL;"));
        assertThatCode(() -> shapes("qty > 10", ALL).check(WHOLE)).doesNotThrowAnyException();
        assertThatCode(() -> shapes("id > 10", ALL).check(KEYED)).doesNotThrowAnyException();
        assertThatCode(() -> shapes("qty > 10", Set.of(Operation.INSERT)).check(KEYED))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> shapes("qtx > 10", ALL).check(WHOLE)).hasMessageContaining("line 1, column 1");
    }

    @Test
    void aRowThatEntersIsCompleteEvenWithItsLargeValues() {
        var before = row("1", "2", "large");
        var after = row("1", "30", null);
        after.reset(after.bytes(), false);
        after.add(0, 1);
        after.add(1, 2);
        after.add(3, Row.UNCHANGED);
        var entered = shape(WHOLE, "qty > 10", ALL)
                .apply(update(WHOLE, before, after))
                .orElseThrow();

        assertThat(texts(((Change.Insert) entered).after())).containsExactly("1", "30", "large");
    }

    @Test
    void decidesBeforeColumnsAreLeftOut() {
        var rule = new ObjectRule(
                "shop",
                "orders",
                null,
                null,
                null,
                new ColumnSettings(Map.of("id", "no"), List.of("qty")),
                "qty > 10",
                ALL);
        var shape = new TableShapes(task(rule), "db").compile(WHOLE).orElseThrow();
        var left = shape.apply(update(WHOLE, row("1", "20", "x"), row("1", "3", "x")))
                .orElseThrow();

        assertThat(texts(((Change.Delete) left).before())).containsExactly("1", "x");
        assertThat(left.table().columns()).extracting(Column::name).containsExactly("no", "note");
    }

    @Test
    void givesTheSourceTheConditionAsSql() {
        assertThat(shapes("qty > 10", ALL).condition(WHOLE)).contains("(\"qty\" > '10'::pg_catalog.int4)");
        assertThat(shapes(null, ALL).condition(WHOLE)).isEmpty();
    }

    private static TableShape shape(Table table, String filter, Set<Operation> operations) {
        return shapes(filter, operations).compile(table).orElseThrow();
    }

    private static TableShapes shapes(String filter, Set<Operation> operations) {
        return new TableShapes(
                task(new ObjectRule("shop", "orders", null, null, null, null, filter, operations)), "db");
    }

    private static TaskSettings task(ObjectRule rule) {
        return TaskSettings.of("mine", "pg", "kafka", new ObjectSelection(List.of(rule), null));
    }

    private static Table table(boolean fullIdentity) {
        var whole = new DataType(23, "int4", "integer", -1, DataType.Kind.BASE, null);
        var text = new DataType(25, "text", "text", -1, DataType.Kind.BASE, null);
        return new Table(
                1,
                new TableId("shop", "orders"),
                List.of(
                        new Column("id", whole, true),
                        new Column("qty", whole, false),
                        new Column("note", text, false)),
                List.of(0),
                fullIdentity);
    }

    private static Change update(Table table, Row before, Row after) {
        return new Change.Update(table, ORIGIN, before, after);
    }

    private static Row key(String id) {
        return row(true, id, null, null);
    }

    private static Row row(String id, String qty) {
        return row(false, id, qty, null);
    }

    private static Row row(String id, String qty, String note) {
        return row(false, id, qty, note);
    }

    private static Row row(boolean keyOnly, String... values) {
        var row = new Row();
        var bytes = new StringBuilder();
        var lengths = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            lengths[i] = values[i] == null ? Row.NULL : values[i].length();
            bytes.append(values[i] == null ? "" : values[i]);
        }
        row.reset(bytes.toString().getBytes(StandardCharsets.UTF_8), keyOnly);
        int at = 0;
        for (int length : lengths) {
            row.add(at, length);
            at += Math.max(length, 0);
        }
        return row;
    }

    private static List<String> texts(Row row) {
        return IntStream.range(0, row.size())
                .filter(i -> !row.isNull(i))
                .mapToObj(row::text)
                .toList();
    }
}
