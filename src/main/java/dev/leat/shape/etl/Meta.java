package dev.leat.shape.etl;

import java.util.Arrays;
import java.util.Optional;

/** What expressions can ask about a change as a whole. */
enum Meta {
    OPERATION("operation", Kind.STRING),
    SCHEMA("schema", Kind.STRING),
    TABLE("table", Kind.STRING),
    DATABASE("database", Kind.STRING),
    COMMITTED_AT("committedAt", Kind.TIMESTAMP),
    LSN("lsn", Kind.STRING),
    COMMIT_LSN("commitLsn", Kind.STRING),
    TRANSACTION_ID("transactionId", Kind.INT);

    private static final String PREFIX = "meta.";

    private final String label;
    private final Kind kind;

    Meta(String label, Kind kind) {
        this.label = PREFIX + label;
        this.kind = kind;
    }

    /** The variable's name. */
    String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /** A copied row belongs to no transaction. */
    boolean nullable() {
        return this == TRANSACTION_ID;
    }

    static Optional<Meta> of(String name) {
        return Arrays.stream(values()).filter(meta -> meta.label.equals(name)).findFirst();
    }
}
