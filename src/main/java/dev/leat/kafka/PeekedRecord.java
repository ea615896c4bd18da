package dev.leat.kafka;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in its topic.
 *
 * @param at its timestamp
 * @param key its key's bytes; null without one
 * @param value its value's bytes; null for a tombstone
 */
public record PeekedRecord(
        int partition,
        long offset,
        Instant at,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<PeekedHeader> headers) {

    /** One header. */
    public record PeekedHeader(String name, byte @Nullable [] value) {}
}
