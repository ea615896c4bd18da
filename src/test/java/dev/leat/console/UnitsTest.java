package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class UnitsTest {

    private final Units units = new Units(Locale.ENGLISH);

    @Test
    void aDelayHasAUnitThatFits() {
        assertThat(units.delay(0.0031)).isEqualTo(new Quantity("3", "ms"));
        assertThat(units.delay(12.34)).isEqualTo(new Quantity("12.3", "s"));
        assertThat(units.delay(193.2)).isEqualTo(new Quantity("3.2", "min"));
        assertThat(units.delay(7_200.0)).isEqualTo(new Quantity("2.0", "h"));
        assertThat(units.delay(200_000.0)).isEqualTo(new Quantity("2.3", "d"));
    }

    @Test
    void aDelayThatIsUnknownIsADash() {
        assertThat(units.delay(null)).isEqualTo(Quantity.UNKNOWN);
    }

    @Test
    void aClockThatRunsAheadGivesNoNegativeDelay() {
        assertThat(units.delay(-0.4)).isEqualTo(new Quantity("0", "ms"));
    }

    @Test
    void bytesGrowInPowersOfAThousand() {
        assertThat(units.size(999)).isEqualTo("999 B");
        assertThat(units.size(1_000)).isEqualTo("1.0 kB");
        assertThat(units.size(999_999)).isEqualTo("1.0 MB");
        assertThat(units.size(3_355_443_200L)).isEqualTo("3.4 GB");
        assertThat(units.bytesPerSecond(12_403_221)).isEqualTo(new Quantity("12.4", "MB/s"));
    }

    @Test
    void aHundredPercentIsShownOnlyWhenAllIsDone() {
        assertThat(units.percent(99.99)).isEqualTo("99.9 %");
        assertThat(units.percent(100)).isEqualTo("100 %");
        assertThat(units.percent(0)).isEqualTo("0 %");
    }

    @Test
    void aSlowRateKeepsItsDecimal() {
        assertThat(units.rate(0.4)).isEqualTo("0.4");
        assertThat(units.rate(41_283.4)).isEqualTo("41,283");
    }
}
