package dev.leat.settings;

import org.jspecify.annotations.Nullable;

/** How records are written: compression, acknowledgement, partitions, and what happens to one that is too large. */
public record KafkaSettings(
        Compression compression, Acks acks, PartitionPolicy partitioning, TooLarge tooLarge, Boolean exactlyOnce) {

    /** All defaults. */
    public static final KafkaSettings DEFAULT = new KafkaSettings(null, null, null, null, null);

    /** Fills in the defaults. */
    public KafkaSettings(
            @Nullable Compression compression,
            @Nullable Acks acks,
            @Nullable PartitionPolicy partitioning,
            @Nullable TooLarge tooLarge,
            @Nullable Boolean exactlyOnce) {
        this.compression = compression == null ? Compression.LZ4 : compression;
        this.acks = acks == null ? Acks.ALL : acks;
        this.partitioning = partitioning == null ? PartitionPolicy.PRIMARY_KEY : partitioning;
        this.tooLarge = tooLarge == null ? TooLarge.STOP : tooLarge;
        this.exactlyOnce = exactlyOnce != null && exactlyOnce;
    }
}
