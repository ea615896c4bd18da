package dev.leat.settings;

/** Which partition of its topic a record goes to. */
public enum PartitionPolicy {
    /** Partition 0, so that the order of the whole source is kept. */
    SINGLE,
    /** By the name of the table. */
    TABLE,
    /** By the key of the row, or the columns chosen for the table. */
    PRIMARY_KEY
}
