package dev.leat.kafka.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How one column stands in a JSON object; all that does not depend on the row is rendered.
 *
 * @param name the name behind a comma and in front of a colon
 * @param value writes the column's values
 * @param unavailable stands for an unchanged large value; null to leave the column out
 * @param unknown stands for a value outside the key where only the key is known
 * @param required whether the record's own schema refuses NULL
 */
@SuppressWarnings("ArrayRecordComponent") // rendered once, shared with nobody
record ColumnJson(byte[] name, ValueWriter value, byte @Nullable [] unavailable, byte[] unknown, boolean required) {

    /** What Debezium's consumers know as "this value did not change, and the log does not hold it". */
    static final String PLACEHOLDER = "__debezium_unavailable_value";

    /** Renders a column's name and constants, which are given as JSON. */
    static ColumnJson of(
            String name, ValueWriter value, @Nullable String unavailable, String unknown, boolean required) {
        return new ColumnJson(
                utf8("," + quoted(name) + ":"),
                value,
                unavailable == null ? null : utf8(unavailable),
                utf8(unknown),
                required);
    }

    /** Text as a JSON string. */
    static String quoted(String text) {
        JsonBuffer buffer = new JsonBuffer();
        buffer.string(utf8(text));
        return new String(buffer.take(), StandardCharsets.UTF_8);
    }

    /** Text as UTF-8. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
