package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How far a clock is off, and how often that is told. */
@ExtendWith(OutputCaptureExtension.class)
class ClockSkewTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ClockSkew skew = new ClockSkew();

    @Test
    void aSlowAnswerIsNoSkew() {
        assertThat(skew.look(NOON, NOON.plusSeconds(9), NOON.plusSeconds(10))).isZero();
    }

    @Test
    void clocksThatDifferedTookTasksFromEachOtherWithoutAWord(CapturedOutput output) {
        assertThat(look(1)).isEqualTo(Duration.ofSeconds(-1));
        assertThat(output).doesNotContain("NTP");

        assertThat(look(5)).isEqualTo(Duration.ofSeconds(-5));
        assertThat(look(-5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(output.getAll().split("NTP", -1)).hasSize(2);

        look(0);
        look(3);
        assertThat(output.getAll().split("NTP", -1)).hasSize(3);
    }

    private Duration look(int seconds) {
        return skew.look(NOON, NOON.plusSeconds(seconds), NOON);
    }
}
