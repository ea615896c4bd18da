package dev.leat.connection;

import java.time.Instant;
import java.util.List;

/**
 * A record of a topic as it is shown.
 *
 * @param at its timestamp
 * @param bytes of key and value together
 */
public record RecordView(
        int partition, long offset, Instant at, int bytes, Content key, Content value, List<Header> headers) {

    /**
     * Bytes as a person can read them.
     *
     * @param kind {@code JSON}, {@code AVRO}, {@code TEXT}, {@code BINARY}, or {@code NULL} for nothing at all
     * @param text indented where it is JSON, cut off where it is long
     */
    public record Content(String kind, String text) {}

    /** One header. */
    public record Header(String name, String value) {}
}
