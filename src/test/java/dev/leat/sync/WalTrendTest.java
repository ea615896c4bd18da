package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.leat.settings.SlotSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How WAL that is kept for a slot grows, and when it reaches what it may be. */
class WalTrendTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long GIGABYTE = 1_000_000_000;

    @Test
    void knowsNoGrowthAtFirst() {
        WalTrend trend = WalTrend.start(START, 7);
        assertThat(trend.growthBytesPerSecond()).isZero();
        assertThat(trend.reaches(GIGABYTE)).isEmpty();
        assertThat(trend.next(START, 9)).isEqualTo(trend);
    }

    @Test
    void forecastsASteadyGrowth() {
        WalTrend trend = WalTrend.start(START, 0);
        for (int second = 10; second <= 3_600; second += 10) {
            trend = trend.next(START.plusSeconds(second), second * 100_000L);
        }
        assertThat(trend.growthBytesPerSecond()).isCloseTo(100_000, within(100.0));
        Instant full = trend.reaches(GIGABYTE).orElseThrow();
        assertThat(Duration.between(START, full).toSeconds()).isCloseTo(10_000, within(20L));
    }

    @Test
    void averagesTheStepsOfATaskThatDelivers() {
        WalTrend trend = WalTrend.start(START, 0);
        for (int second = 10; second <= 3_600; second += 10) {
            trend = trend.next(START.plusSeconds(second), second % 60 * 1_000_000L);
        }
        assertThat(Math.abs(trend.growthBytesPerSecond())).isLessThan(200_000);
    }

    @Test
    void tellsOfNoEndWhereItShrinksOrIsFarAway() {
        assertThat(WalTrend.start(START, GIGABYTE / 2)
                        .next(START.plusSeconds(60), 0)
                        .reaches(GIGABYTE))
                .isEmpty();
        assertThat(new WalTrend(START, 0, 1).reaches(Long.MAX_VALUE)).isEmpty();
        assertThat(new WalTrend(START, GIGABYTE, -5).reaches(GIGABYTE)).contains(START);
    }

    @Test
    void aLimitOfTheServerCountsUnlessTheTaskGivesASmallerOne() {
        SlotSettings unsaid = SlotSettings.DEFAULT;
        SlotSettings said = new SlotSettings(null, null, 5.0, null);
        assertThat(WalLimit.of(unsaid, -1).bytes()).isEqualTo(20 * GIGABYTE);
        assertThat(WalLimit.of(unsaid, 100 * GIGABYTE))
                .isEqualTo(new WalLimit(100 * GIGABYTE, "max_slot_wal_keep_size"));
        assertThat(WalLimit.of(said, 100 * GIGABYTE))
                .isEqualTo(new WalLimit(5 * GIGABYTE, "source.slotCare.walBudgetGigabytes"));
        assertThat(WalLimit.of(said, GIGABYTE)).isEqualTo(new WalLimit(GIGABYTE, "max_slot_wal_keep_size"));
    }

    @Test
    void countsInPercent() {
        WalLimit limit = new WalLimit(GIGABYTE, "");
        assertThat(limit.percent(0)).isZero();
        assertThat(limit.percent(499_999_999)).isEqualTo(49);
        assertThat(limit.percent(GIGABYTE)).isEqualTo(100);
        assertThat(limit.percent(3 * GIGABYTE)).isEqualTo(300);
        assertThat(new WalLimit(0, "").percent(0)).isEqualTo(100);
    }
}
