package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.TableId;
import dev.leat.console.Selection.Stand;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is selected when schemas and tables are added and taken out. */
class SelectionTest {

    private static final TableId ORDERS = new TableId("sales", "orders");
    private static final ObjectRule SALES = new ObjectKey("sales", null).rule();

    private final Selection nothing =
            Selection.of(new ObjectSelection(List.of(ObjectRule.everything()), List.of(ObjectRule.everything())));

    @Test
    void nothingIsEverythingLessEverything() {
        assertThat(nothing.isNothing()).isTrue();
        assertThat(nothing.stand(ORDERS)).isEqualTo(Stand.FREE);
        assertThat(nothing.objects().ruleFor(ORDERS)).isEmpty();
        assertThat(Selection.of(nothing.objects())).isEqualTo(nothing);
    }

    @Test
    void theFirstObjectReplacesNothing() {
        Selection one = nothing.add(ObjectRule.of("sales", "orders"));
        assertThat(one.objects()).isEqualTo(new ObjectSelection(List.of(ObjectRule.of("sales", "orders")), List.of()));
        assertThat(one.stand(ORDERS)).isEqualTo(Stand.OWN);
        assertThat(one.add(ObjectRule.of("sales", "orders"))).isEqualTo(one);
    }

    @Test
    void aTableOfAWholeSchemaIsLeftOutAndTakenBack() {
        Selection out = nothing.add(SALES).leaveOut(ORDERS);
        assertThat(out.stand(ORDERS)).isEqualTo(Stand.OUT);
        assertThat(out.stand(new TableId("sales", "payments"))).isEqualTo(Stand.THROUGH);
        assertThat(out.takeBack(ORDERS).stand(ORDERS)).isEqualTo(Stand.THROUGH);
        assertThat(out.add(ObjectRule.of("sales", "orders")).exclude()).isEmpty();
    }

    @Test
    void whatWasLeftOutOfASchemaGoesWithIt() {
        Selection out = nothing.add(SALES).leaveOut(ORDERS);
        assertThat(out.remove(0)).isEqualTo(nothing);
        assertThat(out.add(ObjectRule.everything()).remove(0).exclude()).isEmpty();
    }

    @Test
    void aRuleThatIsNotThereIsNotRemoved() {
        Selection one = nothing.add(SALES);
        assertThat(one.remove(5)).isEqualTo(one);
        assertThat(one.remove(-1)).isEqualTo(one);
    }

    @Test
    void namesOfAnyKindSurviveAsKeys() {
        for (ObjectKey key : List.of(
                new ObjectKey(null, null), new ObjectKey("public", null), new ObjectKey("a/b c", "d.e/\"f\":1"))) {
            assertThat(ObjectKey.parse(key.text())).isEqualTo(key);
        }
    }
}
