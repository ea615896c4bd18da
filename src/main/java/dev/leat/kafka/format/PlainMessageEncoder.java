package dev.leat.kafka.format;

import dev.leat.change.Lsn;
import dev.leat.change.WalEvent;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes logical messages as plain JSON objects, for formats that have no form of their own for them. */
final class PlainMessageEncoder implements MessageEncoder {

    @Override
    public EncodedRecord encode(WalEvent.Message message) {
        byte[] key = JsonDocument.of(Map.of("prefix", message.prefix()));
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("prefix", message.prefix());
        value.put("content", Base64.getEncoder().encodeToString(message.content()));
        value.put("transactional", message.transactional());
        value.put("lsn", new Lsn(message.at().lsn()).toString());
        value.put("ts", Math.floorDiv(message.at().committedAtMicros(), 1000L));
        return new EncodedRecord(key, JsonDocument.of(value), null, null, null, null);
    }
}
