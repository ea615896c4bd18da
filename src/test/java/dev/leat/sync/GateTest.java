package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A gate is exact over time, smooth within it, and lets large things pass. */
class GateTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = -5 * SECOND;
    private final Gate gate = new Gate(() -> now);

    @Test
    void withoutALimitEverythingPassesAtOnce() {
        assertThat(gate.limited()).isFalse();
        assertThat(gate.pass(1_000_000)).isZero();
    }

    @Test
    void passesSoManyUnitsASecondInEveryTenthOfIt() {
        gate.limit(5_000);
        for (int tenth = 0; tenth < 50; tenth++) {
            assertThat(passedWithin(SECOND / 10)).as("tenth " + tenth).isBetween(450L, 550L);
        }
    }

    @Test
    void catchesUpWithASleepThatTookALittleLonger() {
        gate.limit(1_000);
        long passed = 0;
        long end = now + 10 * SECOND;
        while (now < end) {
            long wait = gate.pass(1);
            passed++;
            now += wait == 0 ? 0 : wait + 3_000_000;
        }
        assertThat((double) passed).isCloseTo(10_000, within(100.0));
    }

    @Test
    void doesNotSaveUpWhatWasNotUsed() {
        gate.limit(1_000);
        now += 3600 * SECOND;
        assertThat(passedWithin(SECOND)).isBetween(990L, 1_030L);
    }

    @Test
    void letsPassWhatIsLargerThanASecondsBudgetAndIsPaidForIt() {
        gate.limit(1_000_000);
        assertThat(gate.pass(12_000_000)).isBetween(11_900_000_000L, 12_000_000_000L);
    }

    @Test
    void forgetsWhatIsOwedWhenTheLimitChanges() {
        gate.limit(1);
        gate.pass(1_000);
        gate.limit(100_000);
        assertThat(gate.pass(1)).isZero();
    }

    private long passedWithin(long nanos) {
        long end = now + nanos;
        long passed = 0;
        while (now < end) {
            passed++;
            now += Math.max(gate.pass(1), 1_000);
        }
        return passed;
    }
}
