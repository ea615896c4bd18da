package dev.leat.shape;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.leat.settings.NameCase;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Operation;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user's settings make of a table and its changes. */
class TableShapesTest {

    private static final Table ORDERS = table("shop", "orders", "id", "Note", "secret");
    private static final Origin ORIGIN = new Origin(1, 1, 0, 1, 0, 0);

    @Test
    void passesAnUneditedTableOnAsItIs() {
        var shape = shape(ObjectRule.everything());
        var insert = new Change.Insert(ORDERS, ORIGIN, row("1", "a", "x"));

        assertThat(shape.target()).isSameAs(ORDERS);
        assertThat(shape.apply(insert)).containsSame(insert);
    }

    @Test
    void leavesOutATableThatIsNotSelected() {
        assertThat(shapes(NameCase.DEFAULT, ObjectRule.of("shop", "items")).compile(ORDERS))
                .isEmpty();
    }

    @Test
    void givesColumnsTheirNewNames() {
        var shape = shape(columns(Map.of("Note", "remark"), List.of()));
        var change = shape.apply(new Change.Insert(ORDERS, ORIGIN, row("1", "a", "x")))
                .orElseThrow();

        assertThat(names(change.table())).containsExactly("id", "remark", "secret");
        assertThat(texts(((Change.Insert) change).after())).containsExactly("1", "a", "x");
    }

    @Test
    void leavesOutExcludedColumnsOfEveryImage() {
        var shape = shape(columns(Map.of(), List.of("Note")));
        var update = new Change.Update(ORDERS, ORIGIN, row("1", "a", "x"), row("1", "b", "y"));
        var change = (Change.Update) shape.apply(update).orElseThrow();

        assertThat(names(change.table())).containsExactly("id", "secret");
        assertThat(texts(change.known().orElseThrow())).containsExactly("1", "x");
        assertThat(texts(change.after())).containsExactly("1", "y");
        assertThat(change.origin()).isEqualTo(ORIGIN);
    }

    @Test
    void keepsAnUnknownOldRowUnknown() {
        var shape = shape(columns(Map.of(), List.of("Note")));
        var update = new Change.Update(ORDERS, ORIGIN, null, row("1", "b", "y"));

        assertThat(((Change.Update) shape.apply(update).orElseThrow()).known()).isEmpty();
    }

    @Test
    void keepsTheKeyWhereColumnsBeforeItAreExcluded() {
        var table = new Table(1, new TableId("shop", "orders"), ORDERS.columns(), List.of(2, 1), false);
        var shape = shapes(NameCase.DEFAULT, columns(Map.of(), List.of("id")))
                .compile(table)
                .orElseThrow();
        var delete = new Change.Delete(table, ORIGIN, row("1", "b", "y"));

        assertThat(shape.target().key()).containsExactly(1, 0);
        assertThat(texts(((Change.Delete) shape.apply(delete).orElseThrow()).before()))
                .containsExactly("b", "y");
    }

    @Test
    void refusesToLeaveOutTheKey() {
        assertRefused(
                () -> shape(columns(Map.of(), List.of("id"))),
                "Table shop.orders: column 'id' is part of the key and cannot be left out.");
    }

    @Test
    void refusesTwoColumnsUnderOneName() {
        assertRefused(() -> shape(columns(Map.of("id", "secret"), List.of())), "two columns would be called 'secret'");
    }

    @Test
    void refusesTwoColumnsThatCapitalizationMakesOne() {
        var table = table("shop", "orders", "id", "Id");

        assertRefused(
                () -> shapes(NameCase.UPPER, ObjectRule.everything()).compile(table),
                "two columns would be called 'ID'");
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        assertRefused(
                () -> shape(columns(Map.of("gone", "x"), List.of())),
                "there is no column 'gone', which the task's columns.rename names");
        assertRefused(
                () -> shape(columns(Map.of(), List.of("note"))),
                "there is no column 'note', which the task's columns.exclude names");
        assertRefused(
                () -> shape(partitionedBy(List.of(), "gone")),
                "there is no column 'gone', which the task's partitionColumns names");
    }

    @Test
    void refusesAPartitionColumnThatIsExcluded() {
        assertRefused(
                () -> shape(partitionedBy(List.of("secret"), "secret")),
                "column 'secret' chooses the partition and cannot be left out");
    }

    @Test
    void findsPartitionColumnsAmongThoseThatRemain() {
        var shapes = shapes(NameCase.DEFAULT, partitionedBy(List.of("Note"), "secret", "id"));

        assertThat(shapes.partitionColumns(ORDERS)).containsExactly(1, 0);
        assertThat(shapes(NameCase.DEFAULT, ObjectRule.everything()).partitionColumns(ORDERS))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT,shop,Orders,id,Note",
        "SOURCE,shop,Orders,id,Note",
        "UPPER,SHOP,ORDERS,ID,NOTE",
        "LOWER,shop,orders,id,note"
    })
    void capitalizesNames(NameCase names, String schema, String table, String first, String second) {
        var shape = shapes(names, ObjectRule.everything())
                .compile(table("shop", "Orders", "id", "Note"))
                .orElseThrow();

        assertThat(shape.target().id()).isEqualTo(new TableId(schema, table));
        assertThat(names(shape.target())).containsExactly(first, second);
        assertThat(shape.source().id()).isEqualTo(new TableId("shop", "Orders"));
    }

    @Test
    void keepsANameThatTheUserGave() {
        var shape = shapes(NameCase.UPPER, columns(Map.of("Note", "remark"), List.of()))
                .compile(ORDERS)
                .orElseThrow();

        assertThat(names(shape.target())).containsExactly("ID", "remark", "SECRET");
    }

    @Test
    void lettingThroughOnlyTheChosenOperations() {
        var shape = shape(new ObjectRule(
                "shop", "orders", null, null, null, null, null, Set.of(Operation.INSERT, Operation.TRUNCATE)));
        var row = row("1", "a", "x");

        assertThat(shape.apply(new Change.Read(ORDERS, ORIGIN, row))).isPresent();
        assertThat(shape.apply(new Change.Insert(ORDERS, ORIGIN, row))).isPresent();
        assertThat(shape.apply(new Change.Truncate(ORDERS, ORIGIN))).isPresent();
        assertThat(shape.apply(new Change.Update(ORDERS, ORIGIN, null, row))).isEmpty();
        assertThat(shape.apply(new Change.Delete(ORDERS, ORIGIN, row))).isEmpty();
    }

    @Test
    void dropsTruncatesUnlessTheyAreChosen() {
        assertThat(shape(ObjectRule.everything()).apply(new Change.Truncate(ORDERS, ORIGIN)))
                .isEmpty();
    }

    @Test
    void fillsInTopicPatterns() {
        assertThat(topic(null, ObjectRule.everything())).isEqualTo("shop_db.shop.orders");
        assertThat(topic("all-{schema}", ObjectRule.everything())).isEqualTo("all-shop");
        assertThat(topic("all", new ObjectRule("shop", null, "of-{table}-{database}", null, null, null, null, null)))
                .isEqualTo("of-orders-shop_db");
    }

    @Test
    void replacesInTopicsWhatKafkaDoesNotTake() {
        var shapes = shapes(NameCase.DEFAULT, ObjectRule.everything());

        assertThat(shapes.topic(new TableId("Köln", "a b\"c.d"))).isEqualTo("shop_db.K_ln.a_b_c.d");
    }

    @Test
    void refusesATopicThatIsLongerThanKafkaTakes() {
        var shapes = shapes(
                NameCase.DEFAULT,
                new ObjectRule("shop", null, "x".repeat(240) + "{table}", null, null, null, null, null));

        var longest = new TableId("shop", "orders_of");
        var tooLong = new TableId("shop", "orders_of_the_year");
        assertThat(shapes.topic(longest)).hasSize(249);
        assertThat(shapes.refusedTopic(longest)).isEmpty();
        assertThat(shapes.refusedTopic(tooLong)).isPresent();
        assertRefused(() -> shapes.topic(tooLong), "shop.orders_of_the_year");
    }

    private static void assertRefused(ThrowingCallable compilation, String message) {
        assertThatThrownBy(compilation)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SETTINGS))
                .hasMessageContaining(message);
    }

    private static TableShape shape(ObjectRule rule) {
        return shapes(NameCase.DEFAULT, rule).compile(ORDERS).orElseThrow();
    }

    private static String topic(String pattern, ObjectRule rule) {
        return new TableShapes(settings(NameCase.DEFAULT, pattern, rule), "shop_db").topic(ORDERS.id());
    }

    private static TableShapes shapes(NameCase names, ObjectRule rule) {
        return new TableShapes(settings(names, null, rule), "shop_db");
    }

    private static TaskSettings settings(NameCase names, String topic, ObjectRule rule) {
        return new TaskSettings(
                "mine",
                new TaskSource("pg", null, null, null),
                new TaskDestination("kafka", topic, null, null, null, null),
                null,
                null,
                null,
                null,
                names,
                new ObjectSelection(List.of(rule), null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static ObjectRule columns(Map<String, String> rename, List<String> exclude) {
        return new ObjectRule("shop", "orders", null, null, null, new ColumnSettings(rename, exclude), null, null);
    }

    private static ObjectRule partitionedBy(List<String> exclude, String... columns) {
        return new ObjectRule(
                "shop", "orders", null, null, List.of(columns), new ColumnSettings(Map.of(), exclude), null, null);
    }

    private static Table table(String schema, String table, String... columns) {
        var text = new DataType(25, "text", "text", -1, DataType.Kind.BASE, null);
        return new Table(
                1,
                new TableId(schema, table),
                List.of(columns).stream()
                        .map(name -> new Column(name, text, false))
                        .toList(),
                List.of(0),
                false);
    }

    private static List<String> names(Table table) {
        return table.columns().stream().map(Column::name).toList();
    }

    private static Row row(String... values) {
        var row = new Row();
        row.reset(String.join("", values).getBytes(StandardCharsets.UTF_8), false);
        int at = 0;
        for (var value : values) {
            row.add(at, value.length());
            at += value.length();
        }
        return row;
    }

    private static List<String> texts(Row row) {
        return java.util.stream.IntStream.range(0, row.size())
                .mapToObj(row::text)
                .toList();
    }
}
