package dev.leat.shape.etl;

import static dev.leat.shape.etl.Rows.ORIGIN;
import static dev.leat.shape.etl.Rows.TABLE;
import static dev.leat.shape.etl.Rows.UNCHANGED;
import static dev.leat.shape.etl.Rows.columnOf;
import static dev.leat.shape.etl.Rows.insert;
import static dev.leat.shape.etl.Rows.key;
import static dev.leat.shape.etl.Rows.plan;
import static dev.leat.shape.etl.Rows.row;
import static dev.leat.shape.etl.Rows.typeOf;
import static dev.leat.shape.etl.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Change;
import dev.leat.change.Table;
import dev.leat.settings.EtlStep;
import dev.leat.settings.TableEtl;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What steps make of a table and its changes. */
class StepsTest {

    private static final EtlStep DROP_TEST = new EtlStep.DropIf("type == 'test'");
    private static final EtlStep MASK_CODE = new EtlStep.Mask("code", 3, 4, null, null, null);

    @Test
    void leavesAllOtherColumnsAsTheyAre() {
        var result = values(insert(plan(new EtlStep.Set("total", "qty * price")), row()));

        assertThat(result).containsEntry("total", "30.00").hasSize(16);
        assertThat(result).containsAllEntriesOf(values(TABLE, row()));
        assertThat(new ArrayList<>(result.keySet()).getLast()).isEqualTo("total");
    }

    @Test
    void laterStepsSeeWhatEarlierOnesHaveMade() {
        var result = values(insert(
                plan(
                        new EtlStep.Set("qty", "qty + 1"),
                        new EtlStep.Rename("qty", "amount"),
                        new EtlStep.Set("double", "amount * 2"),
                        MASK_CODE,
                        new EtlStep.Set("shown", "'code ' + code"),
                        new EtlStep.Remove("name"),
                        new EtlStep.Set("name", "size(shown)")),
                row()));

        assertThat(result)
                .containsEntry("amount", "13")
                .containsEntry("double", "26")
                .containsEntry("code", "138****1234")
                .containsEntry("shown", "code 138****1234")
                .containsEntry("name", "16")
                .doesNotContainKey("qty");
    }

    @Test
    void aProgramTakesRowAfterRow() {
        var program = plan(new EtlStep.Set("name", "name + '!'"), DROP_TEST).program();
        var random = new Random(1);
        for (int i = 0; i < 200; i++) {
            String name = "x".repeat(random.nextInt(2000));
            var outcome = program.apply(new Change.Insert(TABLE, ORIGIN, row("name", name, "qty", "" + i)));
            assertThat(values(outcome)).containsEntry("name", name + "!").containsEntry("qty", "" + i);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            qty * 2                  | int8      | bigint
            f                        | float8    | double precision
            price                    | numeric   | numeric
            ok                       | bool      | boolean
            type                     | text      | text
            raw                      | bytea     | bytea
            at                       | timestamptz | timestamp with time zone
            """)
    void aNewColumnGetsTheTypeOfItsExpression(String expression, String name, String sqlName) {
        var type = typeOf(plan(new EtlStep.Set("fresh", expression)), "fresh");

        assertThat(type.name()).isEqualTo(name);
        assertThat(type.sqlName()).isEqualTo(sqlName);
        assertThat(type.modifier()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            small | small + 1         | int2    | 4
            qty   | qty + 1           | int4    | 13
            qty   | f                 | float8  | 1.5
            f     | qty               | float8  | 12
            f     | 1e300 * 10.0      | float8  | 1e+301
            price | price / 3         | numeric | 0.83
            price | qty               | numeric | 12.00
            price | type              | text    | north
            ok    | !ok               | bool    | f
            type  | upper(type)       | varchar | NORTH
            doc   | doc               | text    | {"a": 1}
            at    | at + duration('1s') | timestamptz | 2024-01-31 23:30:01.25+00
            day   | at + duration('1d') | date  | 2024-02-01
            raw   | bytes('\\\\x0a')    | bytea   | \\x0a
            """)
    void aColumnKeepsItsTypeWhereThatCanHoldTheValue(String column, String to, String type, String value) {
        var plan = plan(new EtlStep.Set(column, to));

        assertThat(typeOf(plan, column).name()).isEqualTo(type);
        assertThat(values(insert(plan, row()))).containsEntry(column, value);
    }

    @Test
    void whatDoesNotFitTheTypeIsAnErrorOfTheRow() {
        assertThatThrownBy(() -> values(insert(plan(new EtlStep.Set("small", "small * 20000")), row())))
                .hasMessageContaining(
                        "column small, line 1, column 1: the value is out of the range of the column's type");
        assertThatThrownBy(() -> values(insert(plan(new EtlStep.Set("price", "price * 1000000000")), row())))
                .hasMessageContaining("the value has more digits than the column's type allows");
        assertThatThrownBy(() -> values(insert(plan(new EtlStep.Set("f", "decimal('1e400')")), row())))
                .hasMessageContaining("column f, line 1, column 1: the value is out of the range of the column's type");
    }

    /** It would have become infinite without a word. */
    @Test
    void aNumberThatARealCannotHoldIsAnErrorOfTheRow() {
        var rendering = new Rendering(Rows.type(700, "float4", "real"), Kind.DOUBLE);

        assertThatThrownBy(() -> rendering.write(1e39, new ValueBuffer()))
                .hasMessage("the value is out of the range of the column's type");
        assertThatCode(() -> rendering.write(Double.NEGATIVE_INFINITY, new ValueBuffer()))
                .doesNotThrowAnyException();
    }

    @Test
    void knowsWhichColumnsMayBeNull() {
        assertThat(columnOf(plan(new EtlStep.Set("a", "id + 1")), "a").notNull())
                .isTrue();
        assertThat(columnOf(plan(new EtlStep.Set("a", "qty + 1")), "a").notNull())
                .isFalse();
        assertThat(columnOf(plan(new EtlStep.Set("a", "coalesce(qty, 1)")), "a").notNull())
                .isTrue();
        assertThat(columnOf(plan(new EtlStep.Set("code", "nullIf(code, 'x')")), "code")
                        .notNull())
                .isFalse();
        assertThat(columnOf(plan(MASK_CODE), "code").notNull()).isTrue();
        assertThat(columnOf(plan(new EtlStep.Set("a", "meta.transactionId")), "a")
                        .notNull())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NULL", quoteCharacter = '^', textBlock = """
            13800001234 | 3 | 4 | 138****1234
            13800001234 | 0 | 0 | ***********
            1234567     | 3 | 4 | *******
            12345678    | 3 | 4 | 123*5678
            Grüße 😀    | 1 | 1 | G*****😀
            ^^          | 1 | 1 | ^^
            NULL        | 1 | 1 | NULL
            """)
    void masksWhatIsBetween(String value, int first, int last, String masked) {
        var mask = new EtlStep.Mask("name", first, last, null, null, null);

        assertThat(values(insert(plan(mask), row("name", value)))).containsEntry("name", masked);
    }

    @Test
    void masksWithADigestThatPostgresqlCanCheck() {
        // SELECT encode(sha256('pepper' || '13800001234'), 'hex')
        var mask = new EtlStep.Mask("code", null, null, null, "SHA-256", "pepper");
        var plan = plan(mask);

        assertThat(values(insert(plan, row())))
                .containsEntry("code", "118bf9645d78d4fd328a7f764c23cd4c5b91aabbb6307592209f6c2360b798f8");
        assertThat(typeOf(plan, "code").name()).isEqualTo("text");
    }

    @Test
    void masksNumbersIntoTexts() {
        var plan = plan(new EtlStep.Mask("qty", 1, null, "#", null, null));

        assertThat(values(insert(plan, row()))).containsEntry("qty", "1#");
        assertThat(typeOf(plan, "qty").name()).isEqualTo("text");
    }

    @Test
    void dropsWhatTheConditionNames() {
        assertThat(insert(plan(DROP_TEST), row("type", "test"))).isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(insert(plan(DROP_TEST), row("type", "north"))).isInstanceOf(EtlOutcome.Kept.class);
        assertThat(insert(plan(DROP_TEST), row("type", null))).isInstanceOf(EtlOutcome.Kept.class);

        var keep = plan(new EtlStep.KeepIf("type == 'north'"));
        assertThat(insert(keep, row("type", "north"))).isInstanceOf(EtlOutcome.Kept.class);
        assertThat(insert(keep, row("type", "test"))).isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(insert(keep, row("type", null))).isInstanceOf(EtlOutcome.Dropped.class);
    }

    @Test
    void anUpdateIsJudgedByTheNewRow() {
        var program = plan(DROP_TEST).program();

        assertThat(program.apply(update("north", "test"))).isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(program.apply(update("test", "north"))).isInstanceOf(EtlOutcome.Kept.class);
    }

    /** It was refused when it came, so nobody knows it; that must not keep back the row that is right now. */
    @Test
    void anOldRowThatCannotBeWorkedOnIsKnownByItsKeyAlone() {
        var program = plan(new EtlStep.Rename("id", "no"), new EtlStep.Set("each", "price / qty"))
                .program();
        var mended = new Change.Update(TABLE, ORIGIN, row("id", "7", "qty", "0"), row("id", "8", "qty", "2"));

        var outcome = (EtlOutcome.Kept) program.apply(mended);

        var update = (Change.Update) outcome.change();
        assertThat(update.before().keyOnly()).isTrue();
        assertThat(values(update.table(), update.before()))
                .containsEntry("no", "7")
                .containsEntry("each", null)
                .containsEntry("name", null);
        assertThat(values(update.table(), update.after()))
                .containsEntry("no", "8")
                .hasEntrySatisfying("each", each -> assertThat(each).startsWith("1.25"));
        assertThat(program.apply(new Change.Update(TABLE, ORIGIN, row(), row("qty", "0"))))
                .isInstanceOf(EtlOutcome.Failed.class);
    }

    private static Change.Update update(String before, String after) {
        return new Change.Update(TABLE, ORIGIN, row("type", before), row("type", after));
    }

    @Test
    void aDeleteIsJudgedByTheOldRowWhereItIsKnown() {
        var program = plan(DROP_TEST).program();

        assertThat(program.apply(new Change.Delete(TABLE, ORIGIN, row("type", "test"))))
                .isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(program.apply(new Change.Delete(TABLE, ORIGIN, row("type", "north"))))
                .isInstanceOf(EtlOutcome.Kept.class);
        assertThat(program.apply(new Change.Delete(TABLE, ORIGIN, key("1")))).isInstanceOf(EtlOutcome.Kept.class);
    }

    @Test
    void theOldRowIsMaskedAsWell() {
        var program = plan(MASK_CODE, new EtlStep.Set("op", "meta.operation")).program();
        var outcome = (EtlOutcome.Kept)
                program.apply(new Change.Update(TABLE, ORIGIN, row("code", "13800001234"), row("code", "13900009876")));
        var update = (Change.Update) outcome.change();

        assertThat(values(update.table(), update.known().orElseThrow()))
                .containsEntry("code", "138****1234")
                .containsEntry("op", "UPDATE");
        assertThat(values(update.table(), update.after())).containsEntry("code", "139****9876");
    }

    @Test
    void ofAnOldKeyOnlyTheKeyStays() {
        var program = plan(new EtlStep.Remove("small"), new EtlStep.Set("total", "qty * price"))
                .program();
        var update = (Change.Update)
                ((EtlOutcome.Kept) program.apply(new Change.Update(TABLE, ORIGIN, key("9"), row()))).change();
        var delete =
                (Change.Delete) ((EtlOutcome.Kept) program.apply(new Change.Delete(TABLE, ORIGIN, key("9")))).change();

        assertThat(update.known().orElseThrow().keyOnly()).isTrue();
        assertThat(update.known().orElseThrow().text(0)).isEqualTo("9");
        assertThat(delete.before().keyOnly()).isTrue();
        assertThat(delete.before().size()).isEqualTo(update.table().columns().size());
    }

    @Test
    void anUpdateWithoutAnOldRowStaysOne() {
        var program = plan(MASK_CODE).program();
        var outcome = (EtlOutcome.Kept) program.apply(new Change.Update(TABLE, ORIGIN, null, row()));

        assertThat(((Change.Update) outcome.change()).known()).isEmpty();
    }

    @Test
    void truncatesPass() {
        var outcome = plan(DROP_TEST).program().apply(new Change.Truncate(TABLE, ORIGIN));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        EtlOutcome.Kept.class, kept -> assertThat(kept.change()).isInstanceOf(Change.Truncate.class));
    }

    @Test
    void whatTheLogDoesNotHoldIsNeitherMaskedNorMadeUp() {
        var plan = plan(new EtlStep.Mask("name", 1, 1, null, null, null), new EtlStep.Set("code", "upper(name)"));

        assertThat(values(insert(plan, row("name", UNCHANGED))))
                .containsEntry("name", UNCHANGED)
                .containsEntry("code", UNCHANGED);
    }

    @Test
    void aConditionOnWhatTheLogDoesNotHoldIsAnError() {
        assertThatThrownBy(() -> values(insert(plan(new EtlStep.DropIf("name == 'x'")), row("name", UNCHANGED))))
                .hasMessageContaining("etl[0].steps[0].dropIf")
                .hasMessageContaining("REPLICA IDENTITY FULL");
        assertThat(insert(plan(new EtlStep.DropIf("isKnown(name) && name == 'x'")), row("name", UNCHANGED)))
                .isInstanceOf(EtlOutcome.Kept.class);
    }

    @Test
    void theKeyFindsItsPlaceWhenColumnsBeforeItGo() {
        var table = new Table(7, TABLE.id(), TABLE.columns(), List.of(14, 2), false);
        var plan = EtlPlan.compile(
                table, new TableEtl("sales", "orders", List.of(new EtlStep.Remove("small")), null), "etl[0]", "shop");

        assertThat(plan.target().key()).containsExactly(13, 1);
        assertThat(plan.target().id()).isEqualTo(TABLE.id());
    }

    @Test
    void refusesToTouchTheKey() {
        assertThatThrownBy(() -> plan(new EtlStep.Set("id", "id + 1")))
                .hasMessage(
                        "Table sales.orders, etl[0].steps[0].set: column 'id' is part of the key and cannot be set.");
        assertThatThrownBy(() -> plan(DROP_TEST, new EtlStep.Remove("id")))
                .hasMessageContaining("etl[0].steps[1].remove: column 'id' is part of the key and cannot be removed.");
        assertThatThrownBy(() -> plan(new EtlStep.Mask("id", 1, 1, null, null, null)))
                .hasMessageContaining("etl[0].steps[0].mask: column 'id' is part of the key and cannot be masked.");
        assertThatThrownBy(() -> plan(new EtlStep.Rename("id", "no"), new EtlStep.Remove("no")))
                .hasMessageContaining("column 'no' is part of the key");
        assertThat(columnOf(plan(new EtlStep.Rename("id", "no")), "no").notNull())
                .isTrue();
    }

    @Test
    void refusesColumnsThatAreNotThereOrThereTwice() {
        assertThatThrownBy(() -> plan(new EtlStep.Rename("gone", "x")))
                .hasMessageContaining("etl[0].steps[0].rename: there is no column 'gone'.");
        assertThatThrownBy(() -> plan(new EtlStep.Rename("name", "qty")))
                .hasMessageContaining("etl[0].steps[0].to: there is a column 'qty' already.");
        assertThatThrownBy(() -> plan(new EtlStep.Remove("name"), new EtlStep.Mask("name", 1, 1, null, null, null)))
                .hasMessageContaining("etl[0].steps[1].mask: there is no column 'name'.");
        assertThatThrownBy(() -> plan(new EtlStep.Remove("name"), new EtlStep.DropIf("name == 'a'")))
                .hasMessageContaining("there is no column and no function 'name'");
    }

    @Test
    void refusesAConditionThatIsNone() {
        assertThatThrownBy(() -> plan(new EtlStep.DropIf("qty")))
                .hasMessageContaining("etl[0].steps[0].dropIf: the condition is of type int and not true or false.");
    }
}
