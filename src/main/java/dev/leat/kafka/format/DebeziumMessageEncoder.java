package dev.leat.kafka.format;

import dev.leat.change.Origin;
import dev.leat.change.WalEvent;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes logical messages as Debezium's connector for PostgreSQL does. */
final class DebeziumMessageEncoder implements MessageEncoder {

    private final MessageSpec spec;
    private final boolean hex;
    private final boolean schemas;
    private final DebeziumMessageSchema schema;

    DebeziumMessageEncoder(MessageSpec spec) {
        this.spec = spec;
        String binaries = Choice.of(spec.format(), "binary.handling.mode", "bytes", "base64", "hex");
        this.hex = binaries.equals("hex");
        this.schemas = Choice.flag(spec.format(), "schemas.enable", false);
        this.schema = new DebeziumMessageSchema(binaries.equals("bytes") ? ConnectType.BYTES : ConnectType.STRING);
    }

    @Override
    public EncodedRecord encode(WalEvent.Message message) {
        byte[] key = JsonDocument.of(Map.of("prefix", message.prefix()));
        byte[] value = JsonDocument.of(value(message));
        return schemas
                ? new EncodedRecord(schema.key(key), schema.value(value), null, null, null, null)
                : new EncodedRecord(key, value, null, null, null, null);
    }

    private Map<String, @Nullable Object> value(WalEvent.Message message) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("prefix", message.prefix());
        body.put("content", content(message.content()));
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("op", "m");
        value.put("ts_ms", spec.clock().millis());
        value.put("source", source(message.at()));
        value.put("transaction", null);
        value.put("message", body);
        return value;
    }

    private String content(byte[] content) {
        return hex ? HexFormat.of().formatHex(content) : Base64.getEncoder().encodeToString(content);
    }

    private Map<String, @Nullable Object> source(Origin at) {
        long micros = at.committedAtMicros();
        String previous = at.previousCommitLsn() == 0 ? "null" : "\"" + at.previousCommitLsn() + "\"";
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("version", spec.version());
        source.put("connector", "postgresql");
        source.put("name", spec.format().option("topic.prefix", spec.topicPrefix()));
        source.put("ts_ms", Math.floorDiv(micros, 1000L));
        source.put("snapshot", "false");
        source.put("db", spec.database());
        source.put("sequence", "[" + previous + ",\"" + at.lsn() + "\"]");
        source.put("ts_us", micros);
        source.put("ts_ns", micros * 1000);
        source.put("schema", "");
        source.put("table", "");
        source.put("txId", at.transactionId() == 0 ? null : Integer.toUnsignedLong(at.transactionId()));
        source.put("lsn", at.lsn());
        source.put("xmin", null);
        source.put("origin", at.replicatedFrom());
        source.put("origin_lsn", at.replicatedFrom() == null ? null : at.originLsn());
        return source;
    }
}
