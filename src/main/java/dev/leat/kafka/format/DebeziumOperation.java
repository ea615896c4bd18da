package dev.leat.kafka.format;

/** What a Debezium record says of its row, and whether it stems from the full phase. */
enum DebeziumOperation {
    READ('r', true),
    CREATE('c', false),
    UPDATE('u', false),
    DELETE('d', false),
    TRUNCATE('t', false);

    private final char code;
    private final boolean snapshot;

    DebeziumOperation(char code, boolean snapshot) {
        this.code = code;
        this.snapshot = snapshot;
    }

    /** The value of {@code op}. */
    char code() {
        return code;
    }

    /** Whether the row was copied; {@code source.snapshot} says so. */
    boolean isSnapshot() {
        return snapshot;
    }
}
