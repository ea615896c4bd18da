package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;

/** COPY lines of any bytes; {@code JAZZER_FUZZ=1} searches for new ones, else the kept ones are tried. */
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
