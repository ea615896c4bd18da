package dev.leat.kafka.format;

/** What a Debezium record says of its row, and whether it stems from the full phase. */
enum DebeziumOperation {
    READ('r', "true"),
    CREATE('c', "false"),
    UPDATE('u', "false"),
    DELETE('d', "false"),
    TRUNCATE('t', "false");

    private final char code;
    private final byte[] snapshot;

    DebeziumOperation(char code, String snapshot) {
        this.code = code;
        this.snapshot = ColumnJson.utf8(snapshot);
    }

    /** The value of {@code op}. */
    char code() {
        return code;
    }

    /** The value of {@code source.snapshot}; not to be changed. */
    byte[] snapshot() {
        return snapshot;
    }
}
