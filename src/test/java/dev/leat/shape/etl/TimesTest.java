package dev.leat.shape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Points in time as texts, and back. */
class TimesTest {

    private static long decoded(String text) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return (Long) Decoding.of(Kind.TIMESTAMP, bytes, 1, text.length());
    }

    @Test
    void readsWhatItWrites() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            // from 5000 BC to 290000 AD
            long micros = random.nextLong(-219_000_000_000_000_000L, 9_080_000_000_000_000_000L)
                    / (random.nextInt(4) == 0 ? 1 : 50);
            long rounded = random.nextBoolean() ? micros : micros / 1_000_000 * 1_000_000;
            for (boolean zoned : new boolean[] {true, false}) {
                String text = Times.text(rounded, zoned);
                assertThat(Times.parsed(text)).as(text).isEqualTo(rounded);
                assertThat(decoded(text)).as(text).isEqualTo(rounded);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01 00:00:01.5+00, 1500000",
        "1970-01-01 00:00:00, 0",
        "1969-12-31 23:59:59.999999+00, -1",
        "1970-01-01 02:00:00+02, 0",
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01 05:30+05:30, 0",
        "1970-01-02, 86400000000",
        "infinity, 9223372036854775807",
        "-infinity, -9223372036854775808",
        "0001-01-01 00:00:00+00 BC, -62167219200000000",
    })
    void readsWhatPostgresqlAndPeopleWrite(String text, long micros) {
        assertThat(decoded(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2024-02-30 00:00:00+00",
                "2024-13-01 00:00:00",
                "2024-01-01 00:00:00.+00",
                "2024-01-01 00:00:00.x+00",
                "2024-01-01 00-00:00",
                "20240101"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> decoded(text)).isInstanceOf(RowError.class).hasMessageStartingWith("the text is not");
    }

    @ParameterizedTest
    @CsvSource({"1d2h3m4.5s, 93784500000", "-1h, -3600000000", "1500ms, 1500000", "7us, 7", "0s, 0"})
    void readsDurations(String text, long micros) {
        assertThat(Times.duration(text)).isEqualTo(micros);
    }
}
