package dev.leat.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Messages of any bytes; {@code -Dleat.fuzz=true} tries the kept ones, {@code JAZZER_FUZZ=1} beside it searches for new ones. */
@EnabledIfSystemProperty(
        named = "leat.fuzz",
        matches = "true",
        disabledReason =
                "the fuzzer's agent attaches by -Dleat.fuzz=true only; seeded random bytes are tried in every build")
class PgOutputDecoderFuzzTest {

    @FuzzTest
    void endsInAMessageOrOneFailure(byte[] message) {
        tryToDecode(message, new Row(), new Row());
    }

    /** Values of a decoded row must lie within the message. */
    static void tryToDecode(byte[] message, Row before, Row after) {
        before.reset(message, false);
        after.reset(message, false);
        try {
            assertThat(PgOutputDecoder.decode(message, 0, before, after)).isNotNull();
        } catch (SyncException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL);
        }
        assertWithin(before, message);
        assertWithin(after, message);
    }

    private static void assertWithin(Row row, byte[] message) {
        for (int i = 0; i < row.size(); i++) {
            if (row.start(i) < 0 || row.start(i) + Math.max(row.length(i), 0) > message.length) {
                throw new AssertionError("Value " + i + " leaves the message");
            }
        }
    }
}
