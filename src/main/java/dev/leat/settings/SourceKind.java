package dev.leat.settings;

/** The kinds of source database. */
public enum SourceKind {
    POSTGRESQL,
    ANALYTICDB_POSTGRESQL
}
