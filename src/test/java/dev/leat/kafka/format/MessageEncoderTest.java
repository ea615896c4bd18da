package dev.leat.kafka.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Origin;
import dev.leat.change.WalEvent;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logical messages as records, in each format. */
class MessageEncoderTest {

    private static final byte[] CONTENT = {0, (byte) 0xff, 'a', (byte) 0xfe, (byte) 0xfb};
    private static final WalEvent.Message WITHIN = new WalEvent.Message(
            new Origin(0x30, 0x1_0000_0020L, 7, -1, 1_700_000_000_123_456L, 0x10), 2, "o\"é", CONTENT);
    private static final WalEvent.Message BETWEEN =
            new WalEvent.Message(new Origin(0x40, 0x40, 0, 0, 1_700_000_000_123_456L, 0), 0, "", new byte[0]);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEBEZIUM_JSON")
    void isOnePlainObjectInFormatsWithoutAFormOfTheirOwn(FormatKind format) {
        EncodedRecord record = encode(WITHIN, format, Map.of());

        assertThat(new String(record.key(), UTF_8)).isEqualTo("{\"prefix\":\"o\\\"é\"}");
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"prefix\":\"o\\\"é\",\"content\":\"AP9h/vs=\",\"transactional\":true,"
                        + "\"lsn\":\"1/20\",\"ts\":1700000000123}");
        assertThat(new String(encode(BETWEEN, format, Map.of()).value(), UTF_8))
                .isEqualTo("{\"prefix\":\"\",\"content\":\"\",\"transactional\":false,\"lsn\":\"0/40\","
                        + "\"ts\":1700000000123}");
    }

    @Test
    void isDebeziumsEnvelopeOfAMessage() {
        EncodedRecord record = encode(WITHIN, FormatKind.DEBEZIUM_JSON, Map.of("topic.prefix", "p"));

        assertThat(new String(record.key(), UTF_8)).isEqualTo("{\"prefix\":\"o\\\"é\"}");
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo(
                        "{\"op\":\"m\",\"ts_ms\":1700000001000,\"source\":{\"version\":\"1\",\"connector\":\"postgresql\","
                                + "\"name\":\"p\",\"ts_ms\":1700000000123,\"snapshot\":\"false\",\"db\":\"shop\","
                                + "\"sequence\":\"[\\\"16\\\",\\\"4294967328\\\"]\",\"ts_us\":1700000000123456,"
                                + "\"ts_ns\":1700000000123456000,\"schema\":\"\",\"table\":\"\",\"txId\":4294967295,"
                                + "\"lsn\":4294967328,\"xmin\":null,\"origin\":null,\"origin_lsn\":null},\"transaction\":null,"
                                + "\"message\":{\"prefix\":\"o\\\"é\",\"content\":\"AP9h/vs=\"}}");
    }

    @Test
    void hasNoTransactionInDebeziumsEnvelopeWhenItBelongsToNone() {
        JsonNode source = json(encode(BETWEEN, FormatKind.DEBEZIUM_JSON, Map.of())
                        .value())
                .get("source");

        assertThat(source.get("txId").isNull()).isTrue();
        assertThat(source.get("lsn").asLong()).isEqualTo(0x40);
        assertThat(source.get("name").asString()).isEqualTo("task");
    }

    @Test
    void followsTheOptionsOfDebeziumsFormat() {
        EncodedRecord record = encode(
                WITHIN, FormatKind.DEBEZIUM_JSON, Map.of("binary.handling.mode", "hex", "schemas.enable", "true"));
        JsonNode value = json(record.value());

        assertThat(value.at("/payload/message/content").asString()).isEqualTo("00ff61fefb");
        assertThat(value.at("/schema/name").asString()).isEqualTo("io.debezium.connector.postgresql.MessageValue");
        assertThat(json(record.key()).at("/payload/prefix").asString()).isEqualTo("o\"é");
    }

    private static JsonNode json(byte[] bytes) {
        return JsonMapper.shared().readTree(bytes);
    }

    private static EncodedRecord encode(WalEvent.Message message, FormatKind format, Map<String, String> options) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_001), ZoneOffset.UTC);
        return MessageEncoder.of(new MessageSpec("shop", "task", "1", new FormatSettings(format, options), clock))
                .encode(message);
    }
}
