package dev.leat.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.connection.RecordView.Content;
import dev.leat.kafka.PeekedRecord;
import dev.leat.kafka.PeekedRecord.PeekedHeader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a record reads to people, whatever its bytes are. */
class RecordTextsTest {

    private final RecordTexts texts = new RecordTexts(null);

    @Test
    void indentsJson() {
        assertThat(value("{\"a\":[1,null]}").text()).isEqualToIgnoringNewLines("{  \"a\" : [ 1, null ]}");
        assertThat(value("{\"a\":[1,null]}").kind()).isEqualTo("JSON");
    }

    @Test
    void showsWhatIsNoJsonAsText() {
        assertThat(value("{half")).isEqualTo(new Content("TEXT", "{half"));
        assertThat(value("naïve 文")).isEqualTo(new Content("TEXT", "naïve 文"));
        assertThat(value("")).isEqualTo(new Content("TEXT", ""));
    }

    @Test
    void showsOtherBytesInHexadecimal() {
        assertThat(view(new byte[] {0, 0, 0, 0, 7, (byte) 0xff}).value())
                .isEqualTo(new Content("BINARY", "00 00 00 00 07 ff"));
        assertThat(view(new byte[1_000]).value().text()).endsWith("00 …").hasSize(256 * 3 - 1 + 2);
    }

    @Test
    void tellsATombstoneFromAnEmptyValue() {
        assertThat(view(null).value()).isEqualTo(new Content("NULL", ""));
    }

    @Test
    void cutsWhatIsLong() {
        assertThat(value("x".repeat(30_000)).text()).hasSize(20_001).endsWith("…");
    }

    @Test
    void showsHeaders() {
        assertThat(view(new byte[0]).headers()).containsExactly(new RecordView.Header("leat.task", "shop"));
    }

    private Content value(String text) {
        return view(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    private RecordView view(byte[] value) {
        return texts.view(new PeekedRecord(
                0,
                7,
                Instant.EPOCH,
                null,
                value,
                List.of(new PeekedHeader("leat.task", "shop".getBytes(StandardCharsets.UTF_8)))));
    }
}
