package dev.leat.kafka.format;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns statements about the schema into records of one format. */
public interface DdlEncoder {

    /** The value of a record. */
    byte[] value(DdlNews news);

    /** The key of a record in every format: schema and table as JSON; null for what belongs to no table. */
    static byte @Nullable [] key(DdlNews news) {
        if (news.table() == null) {
            return null;
        }
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        key.put("schema", news.table().schema());
        key.put("table", news.table().table());
        return JsonDocument.of(key);
    }
}
