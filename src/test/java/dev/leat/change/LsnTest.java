package dev.leat.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An LSN reads and prints as PostgreSQL's, and is unsigned. */
class LsnTest {

    private static final Lsn LAST = new Lsn(-1);

    @ParameterizedTest
    @CsvSource({"0/0,0", "0/1,1", "16/B374D848,97500059720", "1/0,4294967296", "0/FFFFFFFF,4294967295"})
    void printsWhatItRead(String text, long value) {
        assertThat(Lsn.parse(text)).isEqualTo(new Lsn(value));
        assertThat(new Lsn(value)).hasToString(text);
    }

    @Test
    void readsLowerCaseAndLeadingZeros() {
        assertThat(Lsn.parse("00000016/b374d848")).isEqualTo(Lsn.parse("16/B374D848"));
    }

    @Test
    void readsTheLastPosition() {
        assertThat(Lsn.parse("FFFFFFFF/FFFFFFFF")).isEqualTo(LAST);
        assertThat(LAST).hasToString("FFFFFFFF/FFFFFFFF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "1/", "/1", "1", "1/2/3", "g/0", "0/g", "123456789/0", "0/123456789", " 1/2", "1/2 "})
    void refusesWhatIsNoPosition(String text) {
        assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1/0", "0/-1", "+1/0", "0/+1"})
    void refusesSigns(String text) {
        assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesAsUnsignedNumbers() {
        assertThat(Lsn.ZERO.isBefore(LAST)).isTrue();
        assertThat(LAST.isBefore(Lsn.parse("7FFFFFFF/0"))).isFalse();
        assertThat(LAST.isBefore(LAST)).isFalse();
        assertThat(Lsn.parse("80000000/0")).isGreaterThan(Lsn.parse("7FFFFFFF/FFFFFFFF"));
    }

    @Test
    void countsBytesBetween() {
        assertThat(Lsn.parse("1/10").minus(Lsn.parse("0/FFFFFFF0"))).isEqualTo(32);
        assertThat(Lsn.parse("0/10").minus(Lsn.parse("0/20"))).isEqualTo(-16);
    }
}
