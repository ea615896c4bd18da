package dev.leat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No two servers of the demo get the same port. */
class DemoPortsTest {

    private static final int ANY = 33_100;

    @TempDir
    private Path directory;

    @Test
    void aPortThatTwoServersWouldLikeIsGivenToOne() {
        DemoPorts ports = new DemoPorts(directory.resolve("ports"));
        int first = ports.of("kafka", ANY);
        int second = ports.of("kafka.sasl", first);
        assertThat(second).isNotEqualTo(first);
        assertThat(new DemoPorts(directory.resolve("ports")).of("kafka.sasl", ANY))
                .isEqualTo(second);
    }
}
