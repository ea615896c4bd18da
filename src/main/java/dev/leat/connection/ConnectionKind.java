package dev.leat.connection;

import dev.leat.settings.SourceKind;

/** What a connection leads to. */
public enum ConnectionKind {
    POSTGRESQL,
    ANALYTICDB_POSTGRESQL,
    KAFKA;

    /** Whether a task may read from it. */
    public boolean isSource() {
        return this != KAFKA;
    }

    /** The engine's name of a source kind. */
    SourceKind sourceKind() {
        return switch (this) {
            case POSTGRESQL -> SourceKind.POSTGRESQL;
            case ANALYTICDB_POSTGRESQL -> SourceKind.ANALYTICDB_POSTGRESQL;
            case KAFKA -> throw new IllegalStateException("Kafka is no source");
        };
    }
}
