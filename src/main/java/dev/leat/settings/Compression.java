package dev.leat.settings;

import java.util.Locale;

/** How record batches are compressed. */
public enum Compression {
    LZ4,
    GZIP,
    SNAPPY,
    ZSTD,
    NONE;

    /** Kafka's own name for it. */
    public String kafkaName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
