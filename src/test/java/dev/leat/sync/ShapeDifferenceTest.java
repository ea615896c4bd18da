package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.TableId;
import dev.leat.sync.KnownShape.KnownColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one would have to do to a table to turn one shape into another. */
class ShapeDifferenceTest {

    private static final KnownShape BEFORE = shape(7, id(), column(2, "name", "text"), column(3, "old", "integer"));

    @Test
    void saysNothingOfColumnsThatStayed() {
        assertThat(ShapeDifference.actions(BEFORE, BEFORE)).isEmpty();
        KnownShape turned = shape(7, column(3, "old", "integer"), id(), column(2, "name", "text"));
        assertThat(BEFORE.sameRows(turned)).isTrue();
        assertThat(ShapeDifference.actions(BEFORE, turned)).isEmpty();
    }

    @Test
    void dropsBeforeItAdds() {
        KnownShape after = shape(7, id(), column(2, "name", "text"), column(4, "Né\"w", "text[]"));
        assertThat(ShapeDifference.actions(BEFORE, after))
                .containsExactly("DROP COLUMN \"old\"", "ADD COLUMN \"Né\"\"w\" text[]");
    }

    @Test
    void tellsARenamedColumnByItsNumber() {
        KnownShape after = shape(7, id(), column(2, "label", "character varying(3)"), column(3, "old", "integer"));
        assertThat(ShapeDifference.actions(BEFORE, after))
                .containsExactly(
                        "RENAME COLUMN \"name\" TO \"label\"", "ALTER COLUMN \"label\" TYPE character varying(3)");
    }

    @Test
    void takesAColumnWithoutANumberForAnotherOne() {
        KnownShape after = shape(7, id(), column(0, "label", "text"), column(3, "old", "integer"));
        assertThat(ShapeDifference.actions(BEFORE, after))
                .containsExactly("DROP COLUMN \"name\"", "ADD COLUMN \"label\" text");
    }

    @Test
    void doesNotCompareNumbersOfDifferentRelations() {
        KnownShape after = shape(8, id(), column(2, "label", "text"), column(3, "old", "integer"));
        assertThat(ShapeDifference.actions(BEFORE, after))
                .containsExactly("DROP COLUMN \"name\"", "ADD COLUMN \"label\" text");
    }

    @Test
    void freesANameBeforeAnotherColumnTakesIt() {
        KnownShape after = shape(7, id(), column(2, "old", "text"));
        assertThat(ShapeDifference.actions(BEFORE, after))
                .containsExactly("DROP COLUMN \"name\"", "ALTER COLUMN \"old\" TYPE text");
    }

    @Test
    void keepsTheNumbersOfColumnsThatTheCatalogCallsOtherwiseByNow() {
        KnownShape after = shape(7, id(), column(0, "name", "text"), column(9, "old", "integer"))
                .numberedAs(BEFORE);
        assertThat(after.columns()).isEqualTo(BEFORE.columns());
    }

    @Test
    void holdsFromItsPositionOn() {
        assertThat(BEFORE.holdsAfter(origin(99, 7))).isTrue();
        assertThat(BEFORE.holdsAfter(origin(100, 4))).isTrue();
        assertThat(BEFORE.holdsAfter(origin(100, 5))).isFalse();
        assertThat(BEFORE.holdsAfter(origin(-1, 0))).as("LSNs are unsigned").isFalse();
    }

    private static Origin origin(long commitLsn, int index) {
        return new Origin(commitLsn, commitLsn, index, 1, 0, 0);
    }

    private static KnownColumn id() {
        return column(1, "id", "bigint");
    }

    private static KnownColumn column(int number, String name, String type) {
        return new KnownColumn(number, name, type);
    }

    private static KnownShape shape(int oid, KnownColumn... columns) {
        return new KnownShape(new TableId("public", "item"), oid, new Lsn(100), 5, List.of(columns), null);
    }
}
