package dev.leat.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A parser reads what went in, in the same order. */
class JsonDocumentTest {

    @Test
    void holdsTextNumbersObjectsAndNull() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("z \"quoted\" \\ ü", "line\nbreak\u0001😀");
        members.put("size", 12_582_912L);
        members.put("key", Map.of("id", "42"));
        members.put("none", null);
        members.put("empty", Map.of());

        byte[] json = JsonDocument.of(members);

        assertThat(JsonMapper.shared().readValue(json, LinkedHashMap.class).toString())
                .isEqualTo("{z \"quoted\" \\ ü=line\nbreak\u0001😀, size=12582912, key={id=42}, none=null, empty={}}");
        assertThat(new String(JsonDocument.of(Map.of()))).isEqualTo("{}");
    }
}
