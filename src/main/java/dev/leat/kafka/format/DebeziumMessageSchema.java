package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.utf8;

import java.nio.ByteBuffer;

/** The schemas that Debezium's records of logical messages carry under {@code schemas.enable=true}, rendered once. */
final class DebeziumMessageSchema {

    private static final String NAMES = "io.debezium.connector.postgresql.Message";

    private final byte[] key;
    private final byte[] value;

    /** Schemas of messages whose content is written as some type. */
    DebeziumMessageSchema(ConnectType content) {
        ConnectType named = ConnectType.struct(ConnectType.STRING.field("prefix", true));
        ConnectType body = ConnectType.struct(
                        ConnectType.STRING.field("prefix", true) + "," + content.field("content", true))
                .named(NAMES);
        ConnectType envelope = ConnectType.struct(String.join(
                ",",
                ConnectType.STRING.required("op"),
                ConnectType.INT64.field("ts_ms", true),
                DebeziumSchema.source().required("source"),
                DebeziumSchema.transaction().field("transaction", true),
                body.required("message")));
        this.key = head(named.named(NAMES + "Key"));
        this.value = head(envelope.named(NAMES + "Value"));
    }

    /** A key behind its schema. */
    byte[] key(byte[] payload) {
        return join(key, payload);
    }

    /** A value behind its schema. */
    byte[] value(byte[] payload) {
        return join(value, payload);
    }

    private static byte[] head(ConnectType type) {
        return utf8("{\"schema\":" + type.item(false) + ",\"payload\":");
    }

    private static byte[] join(byte[] head, byte[] payload) {
        return ByteBuffer.allocate(head.length + payload.length + 1)
                .put(head)
                .put(payload)
                .put((byte) '}')
                .array();
    }
}
