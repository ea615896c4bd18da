package dev.leat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be said of the care of a slot. */
class SlotRulesTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1_000_001, Double.NaN})
    void refusesABudgetThatIsNone(double gigabytes) {
        assertThat(violations(new SlotSettings(null, null, gigabytes, null)))
                .containsExactly("source.slotCare.walBudgetGigabytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"beat", "a.b.c", ".beat", "pulse.", "pulse. beat", "\"pulse\".beat", ""})
    void refusesAHeartbeatTableWithoutSchemaAndName(String table) {
        assertThat(violations(new SlotSettings(null, table, null, null)))
                .containsExactly("source.slotCare.heartbeatTable");
    }

    @Test
    void refusesAHeartbeatTableAmongTheObjects() {
        assertThat(violations(new SlotSettings(null, "shop.beat", null, null)))
                .containsExactly("source.slotCare.heartbeatTable");
    }

    @Test
    void takesABudgetAndATableBesideTheObjects() {
        assertThat(violations(new SlotSettings(false, "pulse.beat", 0.25, AtWalBudget.DROP_SLOT)))
                .isEmpty();
        assertThat(violations(null)).isEmpty();
    }

    private static List<String> violations(@Nullable SlotSettings care) {
        TaskSettings plain =
                TaskSettings.of("t", "pg", "kafka", new ObjectSelection(List.of(ObjectRule.of("shop", null)), null));
        TaskSettings task = new TaskSettings(
                "t",
                new TaskSource("pg", null, null, null, care),
                plain.destination(),
                null,
                null,
                null,
                null,
                null,
                plain.objects(),
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
        return new SettingsRules(task)
                .violations().stream().map(Violation::field).toList();
    }
}
