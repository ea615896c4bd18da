package dev.leat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rule a table falls under. */
class ObjectSelectionTest {

    private static final TableId ORDERS = new TableId("shop", "orders");

    @Test
    void takesTheWholeDatabaseWhenNothingIsNamed() {
        assertThat(new ObjectSelection(null, null).ruleFor(ORDERS)).contains(ObjectRule.everything());
        assertThat(new ObjectSelection(List.of(), List.of()).ruleFor(ORDERS)).contains(ObjectRule.everything());
    }

    @Test
    void takesOnlyWhatIsNamed() {
        var selection = include(ObjectRule.of("shop", "orders"), schema("stock", null));

        assertThat(selection.ruleFor(ORDERS)).contains(ObjectRule.of("shop", "orders"));
        assertThat(selection.ruleFor(new TableId("stock", "items"))).contains(schema("stock", null));
        assertThat(selection.ruleFor(new TableId("shop", "customers"))).isEmpty();
    }

    @Test
    void followsTheMostSpecificRuleInAnyOrder() {
        var table = named("shop", "orders", "of-table");
        var schema = schema("shop", "of-schema");

        assertThat(include(table, schema, ObjectRule.everything()).ruleFor(ORDERS))
                .contains(table);
        assertThat(include(ObjectRule.everything(), schema, table).ruleFor(ORDERS))
                .contains(table);
        assertThat(include(ObjectRule.everything(), schema).ruleFor(ORDERS)).contains(schema);
    }

    @Test
    void leavesOutWhatIsExcluded() {
        var selection = new ObjectSelection(List.of(schema("shop", null)), List.of(ObjectRule.of("shop", "orders")));

        assertThat(selection.ruleFor(ORDERS)).isEmpty();
        assertThat(selection.ruleFor(new TableId("shop", "customers"))).isPresent();
    }

    @Test
    void excludesWhereBothRulesAreEquallySpecific() {
        var selection =
                new ObjectSelection(List.of(ObjectRule.of("shop", "orders")), List.of(ObjectRule.of("shop", "orders")));

        assertThat(selection.ruleFor(ORDERS)).isEmpty();
    }

    @Test
    void keepsATableThatIsNamedInAnExcludedSchema() {
        var selection = new ObjectSelection(List.of(ObjectRule.of("shop", "orders")), List.of(schema("shop", null)));

        assertThat(selection.ruleFor(ORDERS)).contains(ObjectRule.of("shop", "orders"));
        assertThat(selection.ruleFor(new TableId("shop", "customers"))).isEmpty();
    }

    @Test
    void tellsASchemaThatIsSelectedWhole() {
        assertThat(new ObjectSelection(null, null).wholeSchema("shop")).isTrue();
        assertThat(include(schema("shop", null)).wholeSchema("shop")).isTrue();
        assertThat(include(schema("shop", null)).wholeSchema("stock")).isFalse();
        assertThat(include(ObjectRule.of("shop", "orders")).wholeSchema("shop")).isFalse();
        assertThat(new ObjectSelection(null, List.of(schema("shop", null))).wholeSchema("shop"))
                .isFalse();
        assertThat(new ObjectSelection(List.of(schema("shop", null)), List.of(ObjectRule.everything()))
                        .wholeSchema("shop"))
                .isTrue();
        assertThat(new ObjectSelection(null, List.of(ObjectRule.of("shop", "orders"))).wholeSchema("shop"))
                .isTrue();
    }

    @Test
    void comparesNamesExactly() {
        var selection = include(ObjectRule.of("shop_1", "orders"));

        assertThat(selection.ruleFor(new TableId("shopX1", "orders"))).isEmpty();
        assertThat(selection.ruleFor(new TableId("SHOP_1", "orders"))).isEmpty();
        assertThat(selection.ruleFor(new TableId("shop_1", "Orders"))).isEmpty();
    }

    @Test
    void namesTheTablesThatHaveToExist() {
        var selection = include(ObjectRule.everything(), schema("stock", null), ObjectRule.of("shop", "orders"));

        assertThat(selection.namedTables()).containsExactly(ORDERS);
    }

    private static ObjectSelection include(ObjectRule... rules) {
        return new ObjectSelection(List.of(rules), null);
    }

    private static ObjectRule schema(String schema, String topic) {
        return named(schema, null, topic);
    }

    private static ObjectRule named(String schema, String table, String topic) {
        return new ObjectRule(schema, table, topic, null, null, null, null, null);
    }
}
