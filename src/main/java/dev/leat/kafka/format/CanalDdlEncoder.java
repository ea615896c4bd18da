package dev.leat.kafka.format;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes statements about the schema as Canal's flat messages of type DDL. */
final class CanalDdlEncoder implements DdlEncoder {

    private final DdlSpec spec;

    CanalDdlEncoder(DdlSpec spec) {
        this.spec = spec;
    }

    @Override
    public byte[] value(DdlNews news) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("id", spec.recordNumber().incrementAndGet());
        message.put("database", spec.database());
        message.put("schema", news.schema());
        message.put("table", news.tableName());
        message.put("isDdl", true);
        message.put("type", "DDL");
        message.put("es", news.committedAtMillis());
        message.put("ts", spec.clock().millis());
        message.put("sql", news.statement().sql());
        return JsonDocument.of(message);
    }
}
