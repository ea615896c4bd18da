package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** COPY lines of any bytes; {@code -Dleat.fuzz=true} tries the kept ones, {@code JAZZER_FUZZ=1} beside it searches for new ones. */
@EnabledIfSystemProperty(
        named = "leat.fuzz",
        matches = "true",
        disabledReason =
                "the fuzzer's agent attaches by -Dleat.fuzz=true only; seeded random bytes are tried in every build")
class CopyDecoderFuzzTest {

    @FuzzTest
    void endsInOneFailureOrALine(byte[] lines) {
        for (int columns = 0; columns < 4; columns++) {
            decodeAll(lines.clone(), columns);
        }
    }

    /** Decodes to the end or the first failure; values must lie within the line that held them. */
    static void decodeAll(byte[] lines, int columns) {
        var row = new Row();
        try {
            for (int at = 0; at < lines.length; ) {
                int next = CopyDecoder.decode(lines, at, columns, row);
                assertThat(next).isGreaterThan(at).isLessThanOrEqualTo(lines.length);
                assertThat(row.size()).isEqualTo(columns);
                for (int i = 0; i < columns; i++) {
                    assertThat(row.start(i)).isGreaterThanOrEqualTo(at);
                    assertThat(row.start(i) + Math.max(row.length(i), 0)).isLessThan(next);
                }
                at = next;
            }
        } catch (SyncException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL);
        }
    }
}
